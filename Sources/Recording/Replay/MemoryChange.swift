import LoadManagement

/// What happened to the memory of load management between two ticks, as far as one box is concerned.
public enum MemoryChange: Hashable, Sendable {
    /// Something happened between the host and the box.
    case event(BookingEvent)
    /// A person said that the box is gone for good.
    case forgotten
}

extension MemoryChange: Codable {
    enum Key: String, CodingKey { case forgotten }
    private struct Nothing: Codable {}

    /// Reads an event, or `{"forgotten": {}}`.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.container(keyedBy: Key.self)
        self = container.contains(.forgotten) ? .forgotten : .event(try BookingEvent(from: decoder))
    }

    /// Writes what `init(from:)` reads.
    public func encode(to encoder: any Encoder) throws {
        switch self {
        case .event(let event): try event.encode(to: encoder)
        case .forgotten:
            var container = encoder.container(keyedBy: Key.self)
            try container.encode(Nothing(), forKey: .forgotten)
        }
    }
}

/// What happened to the memory of load management between two ticks.
public struct MemoryChanges: Hashable, Codable, Sendable {
    /// When the host started anew from the memory, if it did; that came before everything else.
    public var restarted: Moment?
    /// What happened to the boxes, by their names, in its order for each: boxes do not bear on each other.
    public var boxes: [String: [MemoryChange]]

    /// Makes changes.
    public init(restarted: Moment? = nil, boxes: [String: [MemoryChange]] = [:]) {
        self.restarted = restarted
        self.boxes = boxes
    }

    /// Does to `memory` what happened.
    public func apply(to memory: inout Memory) {
        if let restarted { memory.restart(at: restarted) }
        for (box, changes) in boxes {
            for change in changes {
                switch change {
                case .event(let event): memory.apply(event, to: box)
                case .forgotten: memory.forget(box)
                }
            }
        }
    }
}
