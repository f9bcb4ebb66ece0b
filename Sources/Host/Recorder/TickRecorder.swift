import Recording

/// What takes the ticks of a control loop.
public protocol TickRecorder: Sendable {
    /// Takes a tick; it waits for nothing, and drops the tick if it has to.
    func record(_ tick: RecordedTick)
    /// What keeps it from recording, in words; nil if nothing does.
    var problem: String? { get }
}
