import DeviceProfiles
import DriverAPI
import Modbus
import ReadPlanning

/// The driver for every device that a profile describes, on serial lines and TCP.
public final class ModbusProfileDriver: Driver {
    /// The driver's name, as site files and logs show it.
    public let name = "modbus-profile"

    /// The features beyond version 1 of the profile language that this driver has.
    public static let features: Set<String> = []

    private let profiles: any ProfileSource
    private let buses: any LinkSource
    private let aliases: [String: String]

    /// Makes a driver; devices on one endpoint share a bus of `buses`. `aliases` are the site's names of serial lines.
    public init(profiles: any ProfileSource, buses: any LinkSource, aliases: [String: String] = [:]) {
        self.profiles = profiles
        self.buses = buses
        self.aliases = aliases
    }

    /// Opens a device; the result is a ``ModbusProfileDevice``.
    ///
    /// Throws ``DriverError/configuration(_:)`` for an unknown profile, options, address or unit that cannot be right,
    /// and for a profile that needs features this driver does not have.
    public func open(
        _ device: DeviceConfiguration, context: DriverContext
    ) async throws(DriverError) -> any Device {
        let source = try await profiles.profile(device.profile)
        let profile = source.profile
        let missing = profile.needs.filter { !ModbusProfileDriver.features.contains($0) }
        if !missing.isEmpty {
            throw .configuration(
                "\(device.id): the profile \(profile.id) needs \(missing.joined(separator: ", ")), which this version "
                    + "of the program does not have")
        }
        let endpoint = try endpoint(of: device, profile)
        let configuration = EngineConfiguration(
            unit: try unit(of: device, profile, on: endpoint), options: device.options, line: endpoint.timing,
            latency: endpoint.timing == .tcp ? .milliseconds(10) : .milliseconds(30), lastTold: device.lastTold)
        _ = try source.values(ofOptions: device.options)
        let open: OpenLink
        do throws(EndpointClash) {
            open = try buses.link(to: endpoint)
        } catch {
            throw .configuration("\(device.id): \(error)")
        }
        do throws(DriverError) {
            return try await ModbusProfileDevice(
                profile: source, link: open.link, configuration: configuration, context: context,
                onClose: open.release)
        } catch {
            open.release()
            throw error
        }
    }

    private func endpoint(of device: DeviceConfiguration, _ profile: DeviceProfile) throws(DriverError) -> Endpoint {
        let serial = profile.link.serial.map {
            LineParameters(baud: $0.baud, data: $0.data, parity: $0.parity, stop: $0.stop)
        }
        let defaults = Address.Defaults(tcpPort: profile.link.tcpPort ?? 502, serial: serial, aliases: aliases)
        do throws(AddressError) {
            if let endpoint = try Address(device.address, defaults: defaults).endpoint { return endpoint }
        } catch {
            throw .configuration("\(device.id): \(error)")
        }
        throw .configuration(
            "\(device.id): \(device.address) is no Modbus address, but \(profile.id) is a Modbus profile")
    }

    /// The unit id: the installer's, else the profile's; 0 and 248 to 255 exist on TCP only.
    private func unit(
        of device: DeviceConfiguration, _ profile: DeviceProfile, on endpoint: Endpoint
    ) throws(DriverError) -> UInt8 {
        let wanted = device.unit ?? Int(profile.link.defaultUnit)
        let allowed = endpoint.isRTU ? 1...247 : 0...255
        guard allowed.contains(wanted), let unit = UInt8(exactly: wanted) else {
            throw .configuration(
                "\(device.id): unit \(wanted) does not exist on \(endpoint); it is one of \(allowed.lowerBound) to "
                    + "\(allowed.upperBound)")
        }
        return unit
    }
}
