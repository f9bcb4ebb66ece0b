import DeviceProfiles
import DriverAPI
import Foundation
import Modbus
import OCPP
import OCPPSlave

/// The profiles of a site's devices with their options, loaded once.
struct SiteProfiles {
    /// A device whose profile, options and address are right.
    struct Entry {
        var device: SiteDevice
        var profile: DeviceProfile
        var options: [String: Value]
        var endpoint: Endpoint
        var unit: Int
    }

    /// A slave's connector, which has no profile.
    struct Slave {
        var device: SiteDevice
        var ability: ChargingAbility
        var phases: Int
    }

    /// A device of a driver program, which has no profile.
    struct Program {
        var device: SiteDevice
        var deviceClass: DeviceClass
        /// The most it takes, in A, where the driver has the option `rated_current` for that.
        var rated: Exact?
        /// Whether a wallbox counts energy, and whether its socket can be unlocked.
        var countsEnergy: Bool
        var unlocks: Bool
    }

    private(set) var programs: [Program] = []
    private(set) var entries: [Entry] = []
    private(set) var slaves: [Slave] = []
    private(set) var problems: [SiteProblem] = []

    init(_ site: Site, library: ProfileLibrary) {
        let roster = DriverRoster(site)
        for device in site.devices {
            if let driver = device.driver {
                loadProgram(device, driver, roster)
            } else if SlaveConnector(address: device.address) != nil {
                loadSlave(device)
            } else if let entry = load(device, site, library) {
                entries.append(entry)
            }
        }
    }

    private mutating func load(_ device: SiteDevice, _ site: Site, _ library: ProfileLibrary) -> Entry? {
        let folder = URL(fileURLWithPath: site.file).deletingLastPathComponent().path
        let document: ProfileDocument
        do {
            let load = try library.load(device.profile, relativeTo: folder)
            let errors = load.diagnostics.filter { $0.severity == .error }
            guard let found = load.document, errors.isEmpty else {
                add(
                    .profile, device,
                    "profile \(device.profile) has \(errors.count) errors: \(errors.first?.description ?? "")")
                return nil
            }
            document = found
        } catch {
            add(.profile, device, error.description)
            return nil
        }
        checkRole(device, document.profile)
        guard let options = options(device, document), let endpoint = endpoint(device, document.profile, site) else {
            return nil
        }
        let unit = device.unit ?? Int(document.profile.link.defaultUnit)
        if endpoint.isRTU, !(1...247).contains(unit) {
            add(.address, device, "unit \(unit) cannot be asked on a serial line; it has 1 to 247")
        }
        let resolved = document.resolved(options: options, facts: [:]).profile
        return Entry(device: device, profile: resolved, options: options, endpoint: endpoint, unit: unit)
    }

    private mutating func loadSlave(_ device: SiteDevice) {
        do throws(DriverError) {
            slaves.append(
                Slave(
                    device: device, ability: try OCPPSlaveDriver.ability(of: device.configuration),
                    phases: try OCPPSlaveDriver.phases(of: device.configuration)))
        } catch {
            add(.option, device, "\(error)")
        }
    }

    private mutating func loadProgram(_ device: SiteDevice, _ driver: String, _ roster: DriverRoster) {
        guard let manifest = roster.manifest(driver) else { return add(.driver, device, roster.refusal(driver)) }
        let deviceClass = DriverRoster.deviceClass(of: device, manifest)
        if device.own, deviceClass != .wallbox {
            add(.role, device, "it is marked own, and its driver is that of a \(deviceClass.rawValue)")
        }
        if device.role != nil, manifest.classes == [.wallbox] {
            add(.role, device, "a wallbox has no role; roles are for meters")
        }
        do throws(DriverError) {
            let rated = try manifest.options(device.options)["rated_current"].flatMap { Exact(text: $0) }
            programs.append(
                Program(
                    device: device, deviceClass: deviceClass, rated: rated, countsEnergy: manifest.countsEnergy,
                    unlocks: manifest.unlocks))
        } catch {
            add(.option, device, "\(error)")
        }
    }

    private mutating func options(_ device: SiteDevice, _ document: ProfileDocument) -> [String: Value]? {
        do {
            return try document.optionValues(device.options)
        } catch {
            add(.option, device, "\(error)")
            return nil
        }
    }

    private mutating func endpoint(_ device: SiteDevice, _ profile: DeviceProfile, _ site: Site) -> Endpoint? {
        do {
            guard let endpoint = try Address(device.address, defaults: profile.addressDefaults(site.serial)).endpoint
            else {
                add(.address, device, "\(device.address) is no connector; write ocpp://ID or ocpp://ID/2")
                return nil
            }
            return endpoint
        } catch {
            add(.address, device, error.description)
            return nil
        }
    }

    private mutating func checkRole(_ device: SiteDevice, _ profile: DeviceProfile) {
        if device.own, profile.deviceClass != .wallbox {
            add(.role, device, "it is marked own, and its profile is that of a \(profile.deviceClass.rawValue)")
        }
        if device.role != nil, profile.deviceClass == .wallbox {
            add(.role, device, "a wallbox has no role; roles are for meters")
        }
    }

    private mutating func add(_ code: SiteProblem.Code, _ device: SiteDevice, _ text: String) {
        let severity: SiteProblem.Severity = code == .unsupported ? .warning : .error
        problems.append(SiteProblem(code, severity, at: device.mark, "device \(device.id): \(text)"))
    }
}

extension DeviceProfile {
    /// What an address of such a device may leave out.
    func addressDefaults(_ aliases: [String: String]) -> Address.Defaults {
        Address.Defaults(
            tcpPort: link.tcpPort ?? 502,
            serial: link.serial.map { LineParameters(baud: $0.baud, data: $0.data, parity: $0.parity, stop: $0.stop) },
            aliases: aliases)
    }
}
