import Modbus
import OCPP
import YAML

/// What must hold between `ocpp` and the rest of a site file.
enum OCPPCheck {
    static func check(_ site: Site, _ problems: SiteProblems) {
        checkRole(site, problems)
        checkListening(site, problems)
        checkDevices(site, problems)
    }

    private static func checkRole(_ site: Site, _ problems: SiteProblems) {
        guard site.role == .slave, let backend = site.ocpp.backend else { return }
        let suffix = ChargePointID(backend.id).flatMap { id in try? id.connector() }
        guard suffix == nil else { return }
        problems.add(
            .role, at: backend.mark,
            "ocpp.backend: the only backend of a slave is its master, and its id there ends in the connector it stands "
                + "for, such as GARAGE#002; its master reports its box further up; for a backend of its own write "
                + "role: standalone")
    }

    private static func checkListening(_ site: Site, _ problems: SiteProblems) {
        guard let slaves = site.ocpp.slaves else { return }
        let wanted = [("json", slaves.json), ("binary", slaves.binary)].compactMap { key, address in
            address.map { (key, ListenAddress(host: $0.host, port: Int($0.port))) }
        }
        var taken = site.modbusUnits.compactMap { entry -> (String, ListenAddress)? in
            guard case .tcp(let address) = entry.place else { return nil }
            return ("modbus_server of \(entry.device)", address)
        }
        taken += site.proxies.map { ("proxy \($0.listen)", $0.listen) }
        taken += site.http.listen.map { ("http", ListenAddress(host: $0.host, port: Int($0.port))) }
        for (key, address) in wanted {
            if let other = taken.first(where: { $0.1.clashes(with: address) }) {
                problems.add(
                    .clash, at: slaves.mark,
                    "ocpp.slaves: \(key) \(address) cannot be had beside \(other.1) of \(other.0)")
            }
            taken.append(("ocpp.slaves \(key)", address))
        }
    }

    private static func checkDevices(_ site: Site, _ problems: SiteProblems) {
        var suffixes: [Int: String] = [:]
        var places: [SlaveConnector: String] = [:]
        for device in site.devices {
            guard device.address.lowercased().hasPrefix("ocpp://") else { continue }
            guard let place = SlaveConnector(address: device.address) else {
                problems.add(
                    .address, at: device.mark,
                    "device \(device.id): \(device.address) is no connector of a slave; write ocpp://ID or ocpp://ID/2, "
                        + "with %23 for #")
                continue
            }
            if let other = places.updateValue(device.id, forKey: place) {
                problems.add(.id, at: device.mark, "device \(device.id): \(place) is the device \(other) already")
            }
            if site.ocpp.slaves == nil {
                problems.add(
                    .address, at: device.mark,
                    "device \(device.id): it connects by OCPP, and nothing listens for it; "
                        + "write ocpp: {slaves: {json: 0.0.0.0:19520}}")
            }
            do throws(SuffixProblem) {
                guard let number = try place.slave.connector(taken: Set(suffixes.keys)) else { continue }
                suffixes[number] = device.id
                if let written = device.connector, written != number {
                    problems.add(
                        .id, at: device.mark,
                        "device \(device.id): \(place) stands for connector \(number), not \(written); "
                            + "write connector: \(number) or leave it out")
                }
            } catch {
                problems.add(.id, at: device.mark, "device \(device.id): \(error)")
            }
        }
        for device in site.devices {
            guard let number = device.connector, let slave = suffixes[number], slave != device.id else { continue }
            problems.add(
                .id, at: device.mark, "connector \(number) of \(device.id) is that of the slave \(slave) by its id")
        }
        for device in site.devices where device.own && (device.connector ?? 1) != 1 {
            problems.add(
                .id, at: device.mark, "device \(device.id): the host's own box is connector 1; leave connector out")
        }
        if let own = site.devices.first(where: \.own),
            let other = site.devices.first(where: { !$0.own && $0.connector == 1 })
        {
            problems.add(
                .id, at: other.mark, "connector 1 of \(other.id) is that of the host's own box \(own.id)")
        }
    }
}
