import DeviceProfiles
import DriverAPI
import Foundation
import Modbus
import ModbusProfile
import OCPP
import OCPPSlave

/// Opens devices with the driver that serves them, out of the profiles of a library.
public struct DeviceOpener: Sendable {
    private let library: ProfileLibrary
    private let folder: String?
    private let aliases: [String: String]
    private let driver: any Driver
    private let slaves: OCPPSlaveDriver?
    private let programs: RunningDrivers?

    /// For devices outside any site; `lines` are those that a running host shares.
    public init(library: ProfileLibrary, lines: SharedLines = SharedLines()) {
        self.init(library: library, folder: nil, aliases: lines.aliases, buses: lines)
    }

    /// For the devices of a site, with its names of lines; paths are relative to the site file.
    ///
    /// Openers that follow each other share `buses`, so that a line is open once. Tests bring a `driver` of their own.
    public init(
        library: ProfileLibrary, site: Site, buses: BusPool = BusPool(), driver: (any Driver)? = nil,
        slaves: OCPPSlaveDriver? = nil
    ) {
        self.init(library: library, site: site, buses: buses, driver: driver, slaves: slaves, programs: nil)
    }

    /// For the devices of the site of a host, with its driver programs.
    init(
        library: ProfileLibrary, site: Site, buses: BusPool, driver: (any Driver)?, slaves: OCPPSlaveDriver?,
        programs: RunningDrivers?
    ) {
        let folder = URL(fileURLWithPath: site.file).deletingLastPathComponent().path
        self.init(
            library: library, folder: folder, aliases: site.serial, buses: buses, driver: driver, slaves: slaves,
            programs: programs)
    }

    private init(
        library: ProfileLibrary, folder: String?, aliases: [String: String], buses: any LinkSource,
        driver: (any Driver)? = nil, slaves: OCPPSlaveDriver? = nil, programs: RunningDrivers? = nil
    ) {
        self.slaves = slaves
        self.programs = programs
        self.library = library
        self.folder = folder
        self.aliases = aliases
        self.driver =
            driver
            ?? ModbusProfileDriver(
                profiles: LibrarySource(library: library, folder: folder), buses: buses, aliases: aliases)
    }

    /// Opens a device; it connects by itself. Throws ``DriverError/configuration(_:)``.
    public func open(
        _ device: DeviceConfiguration, context: DriverContext
    ) async throws(DriverError) -> any Device {
        if let name = device.driver {
            guard let programs else {
                throw .configuration("the driver \(name) runs in a host only; start the host with this site file")
            }
            return try await programs.driver(name).open(device, context: context)
        }
        if let slaves, SlaveConnector(address: device.address) != nil {
            return try await slaves.open(device, context: context)
        }
        return try await driver.open(device, context: context)
    }

    /// The title of a profile; its reference where it cannot be read.
    public func title(of reference: String) -> String {
        document(reference)?.profile.title.description ?? reference
    }

    /// The class of a profile's devices; a wallbox where it cannot be read, for that is booked.
    public func deviceClass(of reference: String) -> DeviceClass {
        document(reference)?.profile.deviceClass ?? .wallbox
    }

    /// The id of a profile; its reference where it cannot be read.
    public func id(of reference: String) -> String { document(reference)?.profile.id ?? reference }

    /// What a box is told when the host leaves on purpose, in mA per phase; nil where it goes on as it is, or is stopped.
    ///
    /// A power is counted on one phase at 230 V.
    func leavingLimit(of reference: String) -> Int? {
        guard let charge = document(reference)?.profile.control.charge, case .limit(let value) = charge.onDisconnect
        else { return nil }
        guard charge.set == "power_limit" else { return LimitsBuilder.milliamperes(value) }
        return value.divided(by: 230).map(LimitsBuilder.milliamperes) ?? LimitsBuilder.milliamperes(value)
    }

    /// What people call the kind of a device.
    func title(of entry: SiteDevice) -> String {
        entry.driver.map { "driver \($0)" } ?? title(of: entry.profile)
    }

    /// The id of a device's profile, or the name of its driver.
    func id(of entry: SiteDevice) -> String { entry.driver ?? id(of: entry.profile) }

    /// The class of a device before it said so itself; a wallbox where nobody knows, for that is booked.
    func deviceClass(of entry: SiteDevice) -> DeviceClass {
        guard let name = entry.driver else { return deviceClass(of: entry.profile) }
        return DriverRoster.deviceClass(of: entry, programs?.manifest(name))
    }

    /// What a configuration names on the wire, to compare two of them. Throws ``AddressError``.
    func place(of device: DeviceConfiguration) throws -> DevicePlace {
        DevicePlace(
            channel: try endpoint(of: device)?.channel,
            unit: device.unit ?? Int(document(device.profile)?.profile.link.defaultUnit ?? 1))
    }

    /// The Modbus endpoint of a configuration; nil for a box that connects by itself. Throws ``AddressError``.
    func endpoint(of device: DeviceConfiguration) throws -> Endpoint? {
        guard device.driver == nil else { return nil }
        let defaults = document(device.profile)?.profile.addressDefaults(aliases) ?? Address.Defaults(aliases: aliases)
        return try Address(device.address, defaults: defaults).endpoint
    }

    /// The profile as it is now. Throws ``DriverError/configuration(_:)`` when there is none, or it has errors.
    func profile(_ reference: String) throws(DriverError) -> ProfileDocument {
        try LibrarySource(library: library, folder: folder).document(reference)
    }

    /// What tells one version of a profile's file from another; nil where it cannot be read.
    func version(of entry: SiteDevice) -> Data? {
        entry.driver == nil ? version(of: entry.profile) : nil
    }

    private func version(of reference: String) -> Data? {
        (try? library.path(of: reference, relativeTo: folder)).flatMap { FileManager.default.contents(atPath: $0) }
    }

    private func document(_ reference: String) -> ProfileDocument? {
        try? library.load(reference, relativeTo: folder).document
    }
}

/// One unit on one channel.
struct DevicePlace: Hashable, Sendable {
    var channel: String?
    var unit: Int
}

/// The library as the driver sees it.
private struct LibrarySource: ProfileSource {
    let library: ProfileLibrary
    let folder: String?

    func profile(_ reference: String) async throws(DriverError) -> any VariableProfile { try document(reference) }

    func document(_ reference: String) throws(DriverError) -> ProfileDocument {
        let load: ProfileLoad
        do {
            load = try library.load(reference, relativeTo: folder)
        } catch {
            throw .configuration(error.description)
        }
        let errors = load.diagnostics.filter { $0.severity == .error }
        guard let document = load.document, errors.isEmpty else {
            throw .configuration("profile \(reference) has \(errors.count) errors: \(errors.first?.description ?? "")")
        }
        return document
    }
}
