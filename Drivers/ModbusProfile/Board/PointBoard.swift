import DeviceProfiles
import DriverAPI

/// The points of one device with their present values, and the scope in which its expressions are evaluated.
///
/// Belongs to one engine and is never shared.
final class PointBoard: ExpressionScope {
    /// The points, in the order of the profile.
    let points: [BoardPoint]
    /// Their states, by the same positions.
    let states: [PointState]
    /// The addresses they are read from.
    let items: [BoardItem]
    /// The item of each point; nil for points without registers.
    let itemOfPoint: [Int?]
    /// The other items of an item's atomic group; only items in such groups.
    let partners: [(item: Int, with: [Int])]
    /// Derived points, each after those it uses.
    let derived: [Int]
    /// Points that are there under a condition.
    let conditional: [Int]
    /// Points read after another one changed.
    let triggered: [Int]
    /// Options by name.
    let options: [String: Value]
    /// Facts by name; unknown ones are missing.
    let facts: [String: Value]
    /// Facts that are shown as points.
    var identityReadings: [String: Reading] = [:]
    /// The value commanded, while a control block runs.
    var command: Value?
    /// The last acknowledged set-point, in the set-point's own unit.
    var told: Value?
    /// The moment ages are counted to.
    var now = MonotonicTime.zero
    /// The position of `state`.
    let statePosition: Int?
    /// The position of `restarts`.
    let restartsPosition: Int?

    private let index: [String: Int]
    /// Whether any point is renewed.
    var hasRenewed = false
    /// Whether the description of the device may be another one now.
    var isDescriptionOld = true

    /// Prepares the points of `profile`.
    init(_ profile: DeviceProfile, options: [String: Value], facts: [String: Value]) {
        self.options = options
        self.facts = facts
        var index: [String: Int] = [:]
        for (position, point) in profile.points.enumerated() { index[point.name] = position }
        self.index = index
        let constants = ConstantScope(options: options, facts: facts)
        let descriptive = profile.pointsOfAbility
        let slowestRound = profile.slowestRound
        let points = profile.points.map {
            BoardPoint(
                $0, index: index, scope: constants, isDescriptive: descriptive.contains($0.name),
                slowestRound: slowestRound)
        }
        self.points = points
        states = points.map {
            PointState(words: $0.place?.words ?? 0, filter: ReadingFilter($0.definition.value))
        }
        items = BoardItem.items(of: points, in: profile)
        var itemOfPoint = [Int?](repeating: nil, count: points.count)
        for (number, item) in items.enumerated() { for point in item.points { itemOfPoint[point] = number } }
        self.itemOfPoint = itemOfPoint
        partners = BoardItem.partners(in: items)
        derived = PointBoard.order(ofDerived: points)
        conditional = points.indices.filter { points[$0].definition.presence != .always }
        triggered = points.indices.filter { points[$0].trigger != nil }
        statePosition = index["state"]
        restartsPosition = index["restarts"]
        for position in points.indices {
            let point = points[position]
            if point.definition.presence != .always { states[position].presence = .unknown }
            if point.place != nil, point.definition.poll != .onDemand { states[position].nextDue = .zero }
        }
    }

    /// The position of the point called `name`.
    func position(_ name: String) -> Int? { index[name] }

    /// Takes over what another board knows of points that are defined alike.
    func inherit(_ other: PointBoard) {
        for position in points.indices {
            guard let old = other.position(points[position].name),
                other.points[old].definition == points[position].definition
            else { continue }
            states[position].inherit(other.states[old])
        }
        now = other.now
        told = other.told
    }

    private static func order(ofDerived points: [BoardPoint]) -> [Int] {
        var order: [Int] = []
        var visited = Set<Int>()
        func visit(_ position: Int) {
            guard points[position].definition.isDerived, visited.insert(position).inserted else { return }
            for input in points[position].inputs { visit(input) }
            order.append(position)
        }
        for position in points.indices { visit(position) }
        return order
    }
}

/// Options and facts alone; every point is unknown.
struct ConstantScope: ExpressionScope {
    let options: [String: Value]
    let facts: [String: Value]

    func evaluated(_ reference: Expression.Reference) -> Evaluated {
        switch reference {
        case .option(let name): Evaluated(value: options[name], quality: options[name] == nil ? .missing : .good)
        case .fact(let name): Evaluated(value: facts[name], quality: facts[name] == nil ? .missing : .good)
        case .point, .lanes, .value, .command, .told: Evaluated(value: nil, quality: .missing)
        }
    }
}

extension DeviceProfile {
    /// How long it takes to read every polled point once, in nanoseconds, where each needs a request and a pause of its
    /// own (`merge: never`); 0 for other devices.
    fileprivate var slowestRound: Int64 {
        guard !modbus.constraints.merging else { return 0 }
        let polled = points.count { $0.place != nil && $0.poll.target != nil }
        return link.timing.minGap.wholeNanoseconds * Int64(polled)
    }
}
