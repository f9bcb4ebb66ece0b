import DriverAPI
import ReadPlanning

/// One write that left for the device, acknowledged or not.
public struct WrittenFrame: Hashable, Sendable {
    /// Why it was written.
    public enum Cause: String, Hashable, Sendable {
        /// A command.
        case command
        /// The profile's `init`.
        case initial
        /// The profile's `keepalive`.
        case keepAlive
        /// A set-point that read otherwise than told, or a new profile.
        case assertion
        /// The profile's `on_disconnect`.
        case leaving
    }

    /// What went out.
    public var request: WriteRequest
    /// Why.
    public var cause: Cause
    /// When it was answered or given up.
    public var time: MonotonicTime

    /// Makes an entry.
    public init(request: WriteRequest, cause: Cause, time: MonotonicTime) {
        self.request = request
        self.cause = cause
        self.time = time
    }
}
