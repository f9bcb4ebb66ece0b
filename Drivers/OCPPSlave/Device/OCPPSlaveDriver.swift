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

    /// What a connector can do as far as the site file says, for the time before its slave was heard: it is taken to go on
    /// with what it was told for ever. Throws as ``open(_:context:)``.
    public static func ability(of device: DeviceConfiguration) throws(DriverError) -> ChargingAbility {
        let options = try ConnectorOptions(device.options)
        return ChargingAbility(minimum: options.minimum, maximum: options.rated)
    }

    /// How many phases a connector is wired to. Throws as ``open(_:context:)``.
    public static func phases(of device: DeviceConfiguration) throws(DriverError) -> Int {
        try ConnectorOptions(device.options).phases
    }
}
