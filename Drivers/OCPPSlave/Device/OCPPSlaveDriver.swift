import DriverAPI
import OCPP

/// The driver of slaves: every connector of one is a wallbox at an address such as `ocpp://GARAGE%23002` or
/// `ocpp://BOX7/2`.
///
/// Options: `rated_current` (A, default 32), `min_current` (A, default 6), `phases` (1 to 3, default 3).
public struct OCPPSlaveDriver: Driver {
    /// `ocpp`.
    public let name = "ocpp"
    private let hub: SlaveHub

    /// A driver for the slaves of `hub`.
    public init(hub: SlaveHub) { self.hub = hub }

    /// Opens a connector; it waits for its slave by itself.
    ///
    /// Throws ``DriverError/configuration(_:)`` for an address or option that cannot be right, and for an id whose `#`
    /// suffix stands for no connector.
    public func open(
        _ device: DeviceConfiguration, context: DriverContext
    ) async throws(DriverError) -> any Device {
        try await OCPPSlaveDevice(device, hub: hub, context: context)
    }
}
