import LoadManagement

/// What happened to one box, in words: what it was told, when and why.
public struct BoxStory: Sendable {
    /// One thing that happened.
    public struct Line: Hashable, Codable, Sendable {
        /// When, in seconds since 1970 (UTC).
        public var time: Double
        /// What, in words.
        public var text: String
    }

    /// A share that moves by less, in milliamperes, is not told: a house is never quiet.
    private static let worthTelling = 1000

    private let box: String
    private var state: CarState?
    private var withheld: BoxSnapshot.Withheld?
    private var isInUse: Bool?
    private var reason: Reason?
    private var target: Int?
    private var alarms: [BookingAlarm] = []
    private var held: Int?

    /// Begins the story of `box`.
    public init(_ box: String) { self.box = box }

    /// What a tick adds, in the order it happened; `time` is what the wall clock showed.
    public mutating func lines(_ tick: ReplayedTick, time: Double) -> [Line] {
        var texts: [String] = []
        if tick.recorded.changes.restarted != nil { texts.append("the host started") }
        for change in tick.recorded.changes.boxes[box] ?? [] { texts += happened(change) }
        observe(tick.recorded.snapshot, &texts)
        if let decision = tick.recordedDecision { decide(decision, &texts) }
        return texts.map { Line(time: time, text: $0) }
    }

    private mutating func happened(_ change: MemoryChange) -> [String] {
        guard case .event(let event) = change else { return ["a person said that it is gone for good"] }
        switch event {
        case .sent(let number, _, _): return ["order \(number) leaves"]
        case .answered(let number, _): return ["order \(number) was acknowledged"]
        case .refused(let number, _): return ["order \(number) was refused by the box"]
        case .unanswered(let number, _): return ["order \(number) was not answered: nobody knows whether it arrived"]
        case .withdrawn(let number): return ["order \(number) was taken back before it left"]
        case .readBack(let value, _, _):
            guard value != held else { return [] }
            held = value
            return ["it reads back \(Self.amperes(value))"]
        case .unplugged: return ["the car has gone"]
        case .lost: return ["it does not answer any more"]
        case .restarted: return ["the host started"]
        case .polled, .heard, .measured, .phases: return []
        }
    }

    private mutating func observe(_ snapshot: Snapshot, _ texts: inout [String]) {
        let found = snapshot.boxes.first { $0.id == box }
        if (found != nil) != (isInUse ?? (found != nil)) {
            texts.append(found == nil ? "the site does not use it any more" : "the site uses it again")
        }
        isInUse = found != nil
        guard let found else { return }
        if found.state != state {
            texts.append("its car: state \(found.state.rawValue)" + (state.map { ", before \($0.rawValue)" } ?? ""))
        }
        if found.withheld != withheld {
            texts.append(
                found.withheld.map { "it may not be started or raised: \($0.rawValue)" }
                    ?? "it may be started and raised again")
        }
        (state, withheld) = (found.state, found.withheld)
    }

    private mutating func decide(_ decision: Decision, _ texts: inout [String]) {
        guard let result = decision.boxes[box] else { return }
        let orders = decision.orders.filter { $0.box == box }
        for order in orders {
            let verb = order.kind == .raise ? "raised to" : "told"
            texts.append(
                "\(verb) \(Self.amperes(order.value)) (order \(order.number), \(order.terminals.count) phases): "
                    + "its share is \(Self.amperes(result.target)), \(result.reason)")
        }
        let isOther = reason.map { !$0.isSame(as: result.reason) } ?? true
        if orders.isEmpty, isOther || abs(result.target - (target ?? 0)) >= Self.worthTelling {
            texts.append("its share is \(Self.amperes(result.target)): \(result.reason)")
            (reason, target) = (result.reason, result.target)
        } else if !orders.isEmpty {
            (reason, target) = (result.reason, result.target)
        }
        for alarm in result.alarms where !alarms.contains(alarm) { texts.append("alarm: it \(alarm)") }
        alarms = result.alarms
    }

    /// `0 A` is a stop.
    private static func amperes(_ milliamperes: Int) -> String {
        let tenths = (abs(milliamperes) + 50) / 100
        let text = tenths % 10 == 0 ? "\(tenths / 10)" : "\(tenths / 10).\(tenths % 10)"
        return (milliamperes < 0 ? "-" : "") + text + " A"
    }
}

extension Reason {
    /// Whether both are the same but for the phase.
    fileprivate func isSame(as other: Reason) -> Bool {
        switch (self, other) {
        case (.node(let a, _), .node(let b, _)): a == b
        case (.queue(let a, _), .queue(let b, _)): a == b
        default: self == other
        }
    }
}
