import DriverAPI
import YAML

/// Reads a site file into a ``Site``, with everything that is wrong in it at once.
public enum SiteReader {
    /// The site, nil if it has errors that leave nothing to run; and all problems in the order of the file.
    public static func read(_ bytes: [UInt8], file: String) -> (site: Site?, problems: [SiteProblem]) {
        let yaml = YAMLReader.read(bytes)
        let problems = SiteProblems()
        for problem in yaml.problems { problems.add(.yaml, at: problem.mark, problem.message) }
        var site: Site?
        if let root = yaml.root { site = read(root, file: file, problems) }
        let sorted = problems.all.sorted {
            ($0.mark?.line ?? 0, $0.mark?.column ?? 0) < ($1.mark?.line ?? 0, $1.mark?.column ?? 0)
        }
        return (sorted.contains { $0.severity == .error } ? nil : site, sorted)
    }

    private static func read(_ root: Node, file: String, _ problems: SiteProblems) -> Site? {
        guard let node = SiteNode(root, path: "the site file", problems) else { return nil }
        if let schema = node.required("schema", node.text), schema != "site/1" {
            node.problem(.schema, "schema", "schema \"\(schema)\" is unknown; this version reads site/1")
        }
        let name = node.required("name", node.text) ?? ""
        let role = node.member("role", Site.Role.self) ?? .master
        let mode = mode(node, role)
        let supply = node.required("supply") { key in node.value(key).flatMap { SiteSupplyReader.read($0, problems) } }
        let circuits = node.list("circuits").compactMap { SiteSupplyReader.circuit($0, problems) }
        let devices = node.list("devices").flatMap { SiteDeviceReader.read($0, problems) }
        let serial = node.textMapping("serial")
        let folders = node.texts("profiles")
        let drivers = node.value("drivers") == nil ? [Site.driverFolder] : node.texts("drivers")
        let http = node.value("http").flatMap { SiteHTTPReader.read($0, problems) } ?? HTTPPlan()
        let links = links(node)
        let sharing = node.value("load_management").map { SharingRulesReader.read($0, problems) } ?? SharingRules()
        let limits = node.list("limits").compactMap { LimitInputReader.read($0, problems) }
        let shutdown = node.member("shutdown", ShutdownPolicy.self) ?? .leave
        let recordings = RecordingLimitsReader.read(node)
        let listPeriod = listPeriod(node)
        let modbusUnits = node.list("modbus_server").compactMap { SiteModbusUnitReader.read($0, problems) }
        let proxies = node.list("proxies").compactMap { SiteProxyReader.read($0, problems) }
        let ocpp = node.value("ocpp").flatMap { SiteOCPPReader.read($0, problems) } ?? SiteOCPP()
        node.later(["mqtt"])
        node.finish()
        guard let supply else { return nil }
        let site = Site(
            name: name, role: role, mode: mode, supply: supply.circuit, unbalance: supply.unbalance,
            circuits: SiteTree.sorted(circuits), devices: devices, serial: serial, sharing: sharing, limits: limits,
            modbusUnits: modbusUnits, proxies: proxies, ocpp: ocpp, shutdown: shutdown, recordings: recordings,
            profileFolders: folders, driverFolders: drivers, listPeriod: listPeriod, http: http, links: links,
            file: file)
        SiteTree.check(site, problems)
        return site
    }

    /// How often lists of profiles are fetched: a time, or `never`.
    private static func listPeriod(_ node: SiteNode) -> Duration? {
        guard let value = node.value("fetch_lists") else { return Site.defaultListPeriod }
        if value.text == "never" { return nil }
        return node.duration("fetch_lists", 600...2_592_000) ?? Site.defaultListPeriod
    }

    private static func links(_ node: SiteNode) -> [PageLink] {
        node.textMapping("links").sorted { $0.key < $1.key }.compactMap { title, url in
            if let link = PageLink(title: title, url: url) { return link }
            node.problem(
                .address, "links",
                "\"\(url)\" is no address of a page; write {Master: \"http://192.168.125.124:8080/\"}")
            return nil
        }
    }

    /// A slave never shares current by itself: that is its master's.
    private static func mode(_ node: SiteNode, _ role: Site.Role) -> Site.Mode {
        let mode = node.member("mode", Site.Mode.self)
        if role == .slave, mode == .manage {
            node.problem(
                .role, "mode",
                "a slave shares no current by itself: write mode: observe, or role: standalone to share what its master leaves"
            )
        }
        return mode ?? (role == .slave ? .observe : .manage)
    }
}
