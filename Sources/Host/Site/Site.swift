import DriverAPI
import YAML

/// A site file, checked: the circuits, the devices and how the host behaves.
public struct Site: Sendable {
    /// What the host is to others.
    public enum Role: String, Sendable, Codable, CaseIterable { case master, slave, standalone }
    /// What the host does with the boxes.
    public enum Mode: String, Sendable, Codable, CaseIterable {
        /// Shares the current.
        case manage
        /// Reads everything, distributes nothing.
        case observe
        /// Watches only.
        case off
    }

    /// The site's name, as people read it.
    public var name: String
    /// What the host is to others.
    public var role: Role
    /// What the host does with the boxes.
    public var mode: Mode
    /// The root of the circuit tree, id `supply`.
    public var supply: SiteCircuit
    /// The largest difference between phases that the boxes may cause, in A; nil for none.
    public var unbalance: Exact?
    /// Further nodes, parents before children.
    public var circuits: [SiteCircuit]
    /// The devices, in the order of the file.
    public var devices: [SiteDevice]
    /// Names of serial lines, and their paths.
    public var serial: [String: String]
    /// How the host shares.
    public var sharing: SharingRules
    /// Power limits that points of devices switch or set.
    public var limits: [LimitInput]
    /// The devices that masters above can read and limit by Modbus.
    public var modbusUnits: [SiteModbusUnit]
    /// TCP ports behind which lines and other endpoints lie.
    public var proxies: [SiteProxy]
    /// The backend above and the slaves below.
    public var ocpp: SiteOCPP
    /// What the boxes are told when the host ends on purpose.
    public var shutdown: ShutdownPolicy
    /// Extra folders with profiles, as written.
    public var profileFolders: [String]
    /// Folders with driver programs, as written.
    public var driverFolders: [String]
    /// How much the flight recorder keeps; nil where it keeps nothing.
    public var recordings: RecordingLimits?
    /// How often lists of profiles are fetched; nil for never.
    public var listPeriod: Duration?
    /// Where the page and the interface are served.
    public var http: HTTPPlan
    /// Links on the page to other pages.
    public var links: [PageLink]
    /// The file it came from.
    public var file: String

    /// How often lists of profiles are fetched, unless the site file says otherwise.
    public static let defaultListPeriod = Duration.seconds(86_400)

    /// Makes a site.
    public init(
        name: String, role: Role = .master, mode: Mode = .manage, supply: SiteCircuit,
        unbalance: Exact? = nil, circuits: [SiteCircuit] = [], devices: [SiteDevice] = [],
        serial: [String: String] = [:], sharing: SharingRules = SharingRules(), limits: [LimitInput] = [],
        modbusUnits: [SiteModbusUnit] = [], proxies: [SiteProxy] = [], ocpp: SiteOCPP = SiteOCPP(),
        shutdown: ShutdownPolicy = .leave, recordings: RecordingLimits? = RecordingLimits(),
        profileFolders: [String] = [], driverFolders: [String] = [], listPeriod: Duration? = Site.defaultListPeriod,
        http: HTTPPlan = HTTPPlan(), links: [PageLink] = [], file: String = ""
    ) {
        self.name = name
        self.role = role
        self.mode = mode
        self.supply = supply
        self.unbalance = unbalance
        self.circuits = circuits
        self.devices = devices
        self.serial = serial
        self.sharing = sharing
        self.limits = limits
        self.modbusUnits = modbusUnits
        self.proxies = proxies
        self.ocpp = ocpp
        self.shutdown = shutdown
        self.recordings = recordings
        self.profileFolders = profileFolders
        self.driverFolders = driverFolders
        self.listPeriod = listPeriod
        self.http = http
        self.links = links
        self.file = file
    }

    /// The folder beside the site file in which drivers are looked for where it says nothing else.
    public static let driverFolder = "drivers"

    /// All nodes of the tree, the root first.
    public var nodes: [SiteCircuit] { [supply] + circuits }
}

extension Site {
    /// A node and all nodes below it, by their ids.
    func nodes(below id: String) -> Set<String> {
        var found: Set<String> = [id]
        for node in circuits where node.parent.map(found.contains) ?? false { found.insert(node.id) }
        return found
    }
}
