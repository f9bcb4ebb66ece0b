import DriverAPI
import Foundation
import Modbus

extension HostRoutes {
    /// The TCP endpoints that the host has open: another connection may cost a device the one it has.
    func ownedEndpoints() -> ControlResponse {
        let opener = DeviceOpener(library: library, site: site)
        var owned: [OwnedEndpoint] = []
        for entry in site.devices where entry.enabled {
            guard let endpoint = try? opener.endpoint(of: entry.configuration),
                case .tcp(let host, let port) = endpoint,
                let place = try? opener.place(of: entry.configuration)
            else { continue }
            let device = OwnedEndpoint.Device(id: entry.id, unit: place.unit, profile: opener.id(of: entry))
            if let index = owned.firstIndex(where: { $0.host == host && $0.port == port }) {
                owned[index].devices.append(device)
            } else {
                owned.append(OwnedEndpoint(host: host, port: port, devices: [device]))
            }
        }
        return .json(owned)
    }

    /// Scans a line of the host on the host's own bus, behind everything it reads itself; its devices are not asked.
    func scan(_ body: [UInt8]) async -> ControlResponse {
        guard let question = try? JSONDecoder().decode(LineQuestion.self, from: Data(body)) else {
            return .problem(400, "body", #"the body must be {"channel": "/dev/ttyUSB0", "units": [1, 2]}"#)
        }
        if isSlave(on: question.channel) {
            return .problem(409, "slave-line", ScanError.slaveLine(question.channel).description)
        }
        guard let bus = host.buses.all.first(where: { Self.isSame($0.endpoint.channel, question.channel) }) else {
            return .problem(404, "line", "the host has no line \(question.channel)")
        }
        let candidates = ScanCandidate.all(of: library).filter { $0.profile.link.serial != nil }
        let ours = devices(on: question.channel)
        var scan = LineScan(bus, candidates: candidates, address: "\(bus.endpoint)")
        scan.lag = .seconds(2)
        let clock = SystemClock()
        let start = clock.now
        do throws(ScanError) {
            let (found, remarks) = try await scan.run(question.units.filter { ours[$0] == nil })
            let known = question.units.compactMap { ours[$0] }
            let report = ScanReport(
                searched: [scan.address], found: (known + found).sorted { $0.unit < $1.unit }, remarks: remarks,
                seconds: start.duration(to: clock.now).inSeconds)
            return .json(report)
        } catch {
            return .problem(502, "line", "\(error)")
        }
    }

    private func devices(on channel: String) -> [UInt8: ScanFind] {
        let opener = DeviceOpener(library: library, site: site)
        var found: [UInt8: ScanFind] = [:]
        for entry in site.devices where entry.enabled {
            guard let place = try? opener.place(of: entry.configuration), let own = place.channel,
                Self.isSame(own, channel), let unit = UInt8(exactly: place.unit)
            else { continue }
            found[unit] = ScanFind(
                address: entry.address, unit: place.unit, profile: opener.id(of: entry), known: entry.id)
        }
        return found
    }

    private func isSlave(on channel: String) -> Bool {
        site.modbusUnits.contains { unit in
            guard case .line(let text) = unit.place,
                let endpoint = try? Address(text, defaults: Address.Defaults(aliases: site.serial)).endpoint
            else { return false }
            return Self.isSame(endpoint.channel, channel)
        }
    }

    /// Whether two paths are one line, be it by a link such as those of `/dev/serial/by-id` or an adapter's name.
    private static func isSame(_ one: String, _ other: String) -> Bool {
        func file(_ path: String) -> String? {
            (try? SerialAdapters.machine.resolved(path)).flatMap(DeviceFile.canonical)
        }
        if one == other { return true }
        guard let one = file(one), let other = file(other) else { return false }
        return one == other
    }
}
