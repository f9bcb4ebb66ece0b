import LoadManagement

/// The memory of load management together with what happened to it since the last tick, for the flight recorder.
///
/// Whatever changes the memory between two ticks goes through it, or a replay comes to other decisions.
public struct MemoryJournal: Sendable {
    /// The memory as it is now.
    public private(set) var memory: Memory
    private var before: Memory
    private var changes = MemoryChanges()

    /// Begins with `memory`.
    public init(_ memory: Memory) {
        self.memory = memory
        before = memory
    }

    /// What every box may be following, by its name.
    public var bookings: BoxTable<BoxBooking> { memory.bookings }

    /// Takes note of what happened between the host and a box; an event of a box that is not known is dropped.
    public mutating func apply(_ event: BookingEvent, to box: String) {
        guard memory.bookings[box] != nil else { return }
        memory.apply(event, to: box)
        changes.boxes[box, default: []].append(.event(event))
    }

    /// The host has started anew from this memory; before anything else happens to it.
    public mutating func restart(at now: Moment) {
        memory.restart(at: now)
        changes.restarted = now
    }

    /// A person says that a removed box is gone for good: nothing is booked for it any more.
    public mutating func forget(_ box: String) {
        guard memory.bookings[box]?.isLeaving ?? false else { return }
        memory.forget(box)
        changes.boxes[box, default: []].append(.forgotten)
    }

    /// One tick: decides, and answers with what a recording needs to come to the same decision.
    public mutating func step(_ snapshot: Snapshot, limits: SiteLimits, now: Moment) -> RecordedTick {
        let before = before
        let changes = changes
        let (decision, next) = LoadControl.step(snapshot, limits: limits, memory: memory, now: now)
        memory = next
        self.before = next
        self.changes = MemoryChanges()
        return RecordedTick(
            before: before,
            tick: Tick(changes: changes, now: now, limits: limits, snapshot: snapshot, decision: decision))
    }
}

/// A tick, and the memory before anything of it happened.
public struct RecordedTick: Sendable {
    /// The memory after the tick before.
    public var before: Memory
    /// What came in and what was decided.
    public var tick: Tick
}

/// What came in since the tick before, and what was decided.
public struct Tick: Hashable, Codable, Sendable {
    /// What happened to the memory since the tick before.
    public var changes: MemoryChanges
    /// When it was decided.
    public var now: Moment
    /// What does not change from tick to tick.
    public var limits: SiteLimits
    /// What was known of the site.
    public var snapshot: Snapshot
    /// What was decided.
    public var decision: Decision

    /// Makes a tick.
    public init(
        changes: MemoryChanges, now: Moment, limits: SiteLimits, snapshot: Snapshot, decision: Decision
    ) {
        self.changes = changes
        self.now = now
        self.limits = limits
        self.snapshot = snapshot
        self.decision = decision
    }
}
