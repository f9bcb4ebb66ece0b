import Modbus
import ReadPlanning
import YAML

/// Finds units that two devices claim, and lines that are one though they are written in two ways.
struct ClashCheck {
    /// A line of the site that is opened, whoever asks or answers there.
    private struct Use {
        var path: String
        var who: String
        var mark: Mark
    }

    private let site: Site
    private let entries: [SiteProfiles.Entry]
    private let adapters: SerialAdapters
    private let own: Set<String>

    /// Looks at the adapters and at the addresses of this machine, for a line has several names and a proxy is a way
    /// round.
    init(
        _ site: Site, _ entries: [SiteProfiles.Entry], adapters: SerialAdapters, own: Set<String> = IPAddress.own()
    ) {
        self.site = site
        self.entries = entries.filter(\.device.enabled)
        self.adapters = adapters
        self.own = own
    }

    /// Everything found.
    func problems() -> [SiteProblem] { units() + framings() + names() + detours() }

    /// Two devices on one unit of one line; one line with two sets of parameters.
    private func units() -> [SiteProblem] {
        var problems: [SiteProblem] = []
        var units: [String: SiteProfiles.Entry] = [:]
        var channels: [String: SiteProfiles.Entry] = [:]
        for entry in entries {
            let channel = entry.endpoint.channel
            if let other = channels[channel], other.endpoint != entry.endpoint {
                add(
                    &problems, entry,
                    "\(entry.endpoint) and \(other.endpoint) of \(other.device.id) are one line with different parameters"
                )
            }
            channels[channel] = entry
            if let other = units.updateValue(entry, forKey: "\(channel) \(entry.unit)") {
                add(
                    &problems, entry,
                    "unit \(entry.unit) on \(entry.endpoint) is already that of \(other.device.id)")
            }
        }
        return problems
    }

    /// One TCP port speaks Modbus TCP or RTU frames, and not both.
    private func framings() -> [SiteProblem] {
        var problems: [SiteProblem] = []
        for entry in entries {
            guard case .rtuOverTCP(let host, let port) = entry.endpoint,
                let other = entries.first(where: { $0.endpoint == .tcp(host: host, port: port) })
            else { continue }
            add(
                &problems, entry,
                "\(entry.endpoint) is the port of \(other.device.id), which is asked by Modbus TCP; one port speaks one of"
                    + " both")
        }
        return problems
    }

    /// One line under two names: each opening would find the line taken by the other.
    private func names() -> [SiteProblem] {
        var problems: [SiteProblem] = []
        var seen: [String: Use] = [:]
        for use in uses() {
            guard let path = try? adapters.resolved(use.path), let file = DeviceFile.canonical(path) else { continue }
            guard let other = seen[file] else {
                seen[file] = use
                continue
            }
            guard other.path != use.path else { continue }
            problems.append(
                SiteProblem(
                    .clash, .warning, at: use.mark,
                    "\(use.who): \(use.path) is at present the same line as \(other.path) of \(other.who); write it in"
                        + " one way everywhere"))
        }
        return problems
    }

    private func uses() -> [Use] {
        let defaults = Address.Defaults(serial: LineParameters(baud: 9600), aliases: site.serial)
        func path(_ text: String) -> String? {
            guard case .serial(let path, _) = try? Address(text, defaults: defaults).endpoint else { return nil }
            return path
        }
        let devices = site.devices.filter(\.enabled).compactMap { device in
            path(device.address).map { Use(path: $0, who: "device \(device.id)", mark: device.mark) }
        }
        let proxies = site.proxies.compactMap { proxy in
            path(proxy.target).map { Use(path: $0, who: "proxy \(proxy.listen)", mark: proxy.mark) }
        }
        let served = site.modbusUnits.compactMap { entry -> Use? in
            guard case .line(let text) = entry.place else { return nil }
            return path(text).map { Use(path: $0, who: "modbus_server of \(entry.device)", mark: entry.mark) }
        }
        return devices + proxies + served
    }

    /// A device that is asked through this host's own proxy: its unit is one of the line behind it.
    private func detours() -> [SiteProblem] {
        var problems: [SiteProblem] = []
        let defaults = Address.Defaults(serial: LineParameters(baud: 9600), aliases: site.serial)
        for entry in entries {
            guard case .tcp(let host, let port) = entry.endpoint, own.contains(host) || host == "localhost",
                let proxy = site.proxies.first(where: {
                    $0.listen.clashes(with: ListenAddress(host: host, port: port))
                }), let target = try? Address(proxy.target, defaults: defaults).endpoint
            else { continue }
            let other = entries.first { $0.endpoint.channel == target.channel && $0.unit == entry.unit }
            if let other {
                add(
                    &problems, entry,
                    "unit \(entry.unit) at \(entry.endpoint) is, through this host's own proxy, unit \(entry.unit) on"
                        + " \(target), which is already that of \(other.device.id)")
            } else {
                problems.append(
                    SiteProblem(
                        .clash, .warning, at: entry.device.mark,
                        "device \(entry.device.id): \(entry.endpoint) is this host's own proxy; write what lies behind"
                            + " it: address: \"\(proxy.target)\""))
            }
        }
        return problems
    }

    private func add(_ problems: inout [SiteProblem], _ entry: SiteProfiles.Entry, _ text: String) {
        problems.append(SiteProblem(.clash, at: entry.device.mark, "device \(entry.device.id): \(text)"))
    }
}
