/// One device as a driver serves it: readings and reports come out of ``updates``, commands go in.
///
/// A device lives from ``Driver/open(_:context:)`` to ``close(_:)`` and keeps its own connection: it reconnects by
/// itself, and says so.
public protocol Device: Sendable {
    /// Everything the device reports, in order; ends after ``close(_:)``. One consumer.
    var updates: AsyncStream<DeviceUpdate> { get }

    /// Carries a command out and verifies it by reading back.
    ///
    /// Returns once the device acknowledged and the read-back agrees. The newest command of a block replaces one that
    /// still waits. Throws ``DriverError``: after ``DriverError/superseded`` a newer command took its place, after any
    /// other the box may follow the old value or the new one.
    func apply(_ command: Command) async throws(DriverError) -> CommandOutcome

    /// Carries a charge command out with its frames even where the box was told the same before and reads as told, for it
    /// follows something else: its fall-back after a silence nobody noticed, or nobody knows what. Any other command is
    /// carried out as by ``apply(_:)``.
    ///
    /// Returns and throws as ``apply(_:)``, which is what a driver does here that skips no charge command.
    func applyAnew(_ command: Command) async throws(DriverError) -> CommandOutcome

    /// Reads the named points now, on-demand ones included; all when `points` is nil.
    func read(_ points: [String]?) async throws(DriverError) -> [Reading]

    /// Ends the device's traffic, after what its profile does on leaving when `policy` says so.
    func close(_ policy: LeavePolicy) async
}

extension Device {
    /// As ``apply(_:)``: for a driver that skips no charge command.
    public func applyAnew(_ command: Command) async throws(DriverError) -> CommandOutcome { try await apply(command) }
}

/// What a device does to its box when the host leaves on purpose.
public enum LeavePolicy: String, Sendable, Codable, CaseIterable {
    /// What the driver or profile says (`on_disconnect`).
    case asConfigured = "as-configured"
    /// Nothing is written.
    case leave
    /// Charging is stopped.
    case stop
}

/// What came of a command that succeeded.
public struct CommandOutcome: Hashable, Sendable, Codable {
    /// The value now told, after rounding and limits, in A or W; 0 for off; nil for other commands.
    public var told: Exact?
    /// The requests that left, as hexadecimal frames without address and checksum, for logs and tests.
    public var frames: [String]
    /// Whether the read-back agreed; false where the device has no read place.
    public var verified: Bool

    /// Makes an outcome.
    public init(told: Exact? = nil, frames: [String] = [], verified: Bool) {
        self.told = told
        self.frames = frames
        self.verified = verified
    }
}
