/// A device that answers when it is asked: what most drivers of boxes and meters have to write.
///
/// Make it an actor where it keeps a connection or anything else that changes. ``PolledDevice`` calls one function at a
/// time, so that none has to expect another in its middle.
public protocol PolledBox: Sendable {
    /// Connects and says what the device is. Called first, and again after the device was silent.
    ///
    /// Throws ``DriverError/mismatch(_:)`` when a device of another make answers: it is asked no more.
    func describe() async throws(DriverError) -> DeviceDescription

    /// Reads all points.
    func poll() async throws(DriverError) -> [Reading]

    /// Carries a command out and verifies it by reading back. Throws ``DriverError/unsupported(_:)`` unless the device has
    /// its own.
    func carryOut(_ command: Command) async throws(DriverError) -> CommandOutcome

    /// The last thing before the connection is closed; unless the device has its own, charging is stopped for
    /// ``LeavePolicy/stop`` and nothing is done else.
    func leave(_ policy: LeavePolicy) async
}

extension PolledBox {
    /// The device takes no commands.
    public func carryOut(_ command: Command) async throws(DriverError) -> CommandOutcome {
        throw .unsupported("the device takes no commands")
    }

    /// Stops charging for ``LeavePolicy/stop``.
    public func leave(_ policy: LeavePolicy) async {
        if policy == .stop { _ = try? await carryOut(.charge(.off)) }
    }
}
