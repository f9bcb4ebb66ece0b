import Modbus
import YAML

/// What must hold of `modbus_server` and `proxies`.
enum MasterCheck {
    static func check(_ site: Site, _ problems: SiteProblems) {
        let devices = site.devices.map(\.id)
        for entry in site.modbusUnits {
            checkDevice(entry, site, devices, problems)
            if case .line(let text) = entry.place { checkLine(text, entry, site, problems) }
        }
        checkUnits(site, problems)
        checkPorts(site, problems)
        for proxy in site.proxies { checkTarget(proxy, site, problems) }
    }

    private static func checkDevice(
        _ entry: SiteModbusUnit, _ site: Site, _ devices: [String], _ problems: SiteProblems
    ) {
        let name = "modbus_server of \(entry.device)"
        if entry.device == SiteModbusUnit.wholeSite, !devices.contains(entry.device) {
            if site.mode != .manage {
                problems.add(
                    .role, at: entry.mark,
                    "\(name): the site as one box needs mode manage, for somebody must share its limit among the boxes; "
                        + "or show each box by itself")
            }
        } else if let device = site.devices.first(where: { $0.id == entry.device }) {
            if !device.enabled {
                problems.add(.role, .warning, at: entry.mark, "\(name): it is disabled, and answers with exception 4")
            }
        } else {
            let hint = closest(to: entry.device, among: devices).map { ", did you mean \"\($0)\"?" } ?? ""
            problems.add(
                .role, at: entry.mark,
                "\(name): there is no such device\(hint); \"site\" shows all boxes as one")
        }
    }

    private static func checkLine(
        _ text: String, _ entry: SiteModbusUnit, _ site: Site, _ problems: SiteProblems
    ) {
        let defaults = Address.Defaults(aliases: site.serial)
        let endpoint: Endpoint?
        do {
            endpoint = try Address(text, defaults: defaults).endpoint
        } catch {
            problems.add(.address, at: entry.mark, "modbus_server of \(entry.device): line: \(error)")
            return
        }
        guard let endpoint, case .serial = endpoint else {
            problems.add(
                .address, at: entry.mark,
                "modbus_server of \(entry.device): \"\(text)\" is no serial line; write \"COM2,9600,8,n,1\"")
            return
        }
        let asked = site.devices.map(\.address) + site.proxies.map(\.target)
        let isMaster = asked.contains { (try? Address($0, defaults: defaults).endpoint)?.channel == endpoint.channel }
        if isMaster {
            problems.add(
                .clash, at: entry.mark,
                "modbus_server of \(entry.device): the host itself asks devices on \(endpoint.channel); a line has one "
                    + "master, so use another one towards the master above")
        }
    }

    /// One unit id of one place is one device's; one line has one speed.
    private static func checkUnits(_ site: Site, _ problems: SiteProblems) {
        var seen: [String: SiteModbusUnit] = [:]
        var lines: [String: Endpoint] = [:]
        for entry in site.modbusUnits {
            if case .line(let text) = entry.place,
                let endpoint = try? Address(text, defaults: .init(aliases: site.serial)).endpoint
            {
                if let other = lines[endpoint.channel], other != endpoint {
                    problems.add(
                        .clash, at: entry.mark,
                        "modbus_server of \(entry.device): \(endpoint) and \(other) are one line with different"
                            + " parameters")
                }
                lines[endpoint.channel] = endpoint
            }
            let key = "\(place(entry, site)) unit \(entry.unit)"
            if let other = seen.updateValue(entry, forKey: key) {
                problems.add(
                    .clash, at: entry.mark,
                    "modbus_server of \(entry.device): \(key) is already that of \(other.device)")
            }
        }
    }

    private static func checkPorts(_ site: Site, _ problems: SiteProblems) {
        var taken: [(address: ListenAddress, isProxy: Bool, name: String)] = []
        for entry in site.modbusUnits {
            guard case .tcp(let address) = entry.place else { continue }
            checkLoop(address, "modbus_server of \(entry.device)", entry.mark, site, problems)
            // Several units behind one address are one front.
            if let other = taken.first(where: { $0.address != address && $0.address.clashes(with: address) }) {
                problems.add(
                    .clash, at: entry.mark,
                    "modbus_server of \(entry.device): \(address) cannot be had beside \(other.address) of \(other.name)"
                )
            }
            taken.append((address, false, "modbus_server of \(entry.device)"))
        }
        for proxy in site.proxies {
            checkLoop(proxy.listen, "proxy \(proxy.listen)", proxy.mark, site, problems)
            if let other = taken.first(where: { $0.address.clashes(with: proxy.listen) }) {
                problems.add(
                    .clash, at: proxy.mark,
                    "proxy \(proxy.listen): it cannot be had beside \(other.address) of \(other.name)")
            }
            taken.append((proxy.listen, true, "proxy \(proxy.listen)"))
        }
    }

    /// A device at this machine's own port would be this host.
    private static func checkLoop(
        _ address: ListenAddress, _ name: String, _ mark: Mark, _ site: Site, _ problems: SiteProblems
    ) {
        let defaults = Address.Defaults(aliases: site.serial)
        for device in site.devices {
            guard case .tcp(let host, let port) = try? Address(device.address, defaults: defaults).endpoint else {
                continue
            }
            let here = host == "localhost" ? "127.0.0.1" : host
            guard ["127.0.0.1", "::1"].contains(here), address.clashes(with: ListenAddress(host: here, port: port))
            else { continue }
            problems.add(
                .clash, at: mark,
                "\(name): device \(device.id) is asked at \(host):\(port), which would be this host itself; listen on the "
                    + "address by which the master reaches this machine, or on another port")
        }
    }

    private static func checkTarget(_ proxy: SiteProxy, _ site: Site, _ problems: SiteProblems) {
        let endpoint: Endpoint?
        do {
            endpoint = try Address(proxy.target, defaults: .init(aliases: site.serial)).endpoint
        } catch {
            problems.add(.address, at: proxy.mark, "proxy \(proxy.listen): to: \(error)")
            return
        }
        guard let endpoint else {
            problems.add(.address, at: proxy.mark, "proxy \(proxy.listen): it leads to Modbus, not to OCPP")
            return
        }
        guard case .tcp(let host, let port) = endpoint, port == proxy.listen.port else { return }
        if host == proxy.listen.host || ["127.0.0.1", "localhost", "::1"].contains(host) {
            problems.add(.address, at: proxy.mark, "proxy \(proxy.listen): it leads to itself")
        }
    }

    /// A line under the name of its device, however it is written.
    private static func place(_ entry: SiteModbusUnit, _ site: Site) -> String {
        switch entry.place {
        case .tcp(let address): return "\(address)"
        case .line(let text):
            return (try? Address(text, defaults: .init(aliases: site.serial)).endpoint)?.channel ?? text
        }
    }
}
