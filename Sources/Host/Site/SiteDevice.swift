import DriverAPI
import YAML

/// One device of the site.
public struct SiteDevice: Hashable, Sendable {
    /// What a meter measures.
    public enum Role: String, Hashable, Sendable, Codable, CaseIterable {
        case grid, consumption, production, storage, box, display
    }

    /// Its id.
    public var id: String
    /// Whether it is the master's own box.
    public var own: Bool
    /// The profile's id, or the path of its file; the name of the driver where a driver program serves it.
    public var profile: String
    /// The driver program that serves it; nil where a profile says how.
    public var driver: String?
    /// The address as written.
    public var address: String
    /// The unit id; nil for the profile's default.
    public var unit: Int?
    /// The node it hangs on; `supply` unless said otherwise.
    public var circuit: String
    /// How its phases lie on the supply's: 123, 231, 312, 132, 213, 321 or unknown.
    public var rotation: String
    /// Higher goes first.
    public var priority: Int
    /// The profile's options as written.
    public var options: [String: String]
    /// The connector shown to a backend; nil: the next free one.
    public var connector: Int?
    /// Whether the installer accepted that it may go on by itself when the host dies.
    public var unattendedAccepted: Bool
    /// Whether it is used.
    public var enabled: Bool
    /// What a meter measures; nil for other devices.
    public var role: Role?
    /// The box that a meter with role `box` is attached to.
    public var of: String?
    /// Whether a battery may be emptied into cars: then what it gives counts as surplus.
    public var isForCars: Bool
    /// How a box is to charge; means nothing for other devices.
    public var box: SiteBox
    /// Where it stands in the file.
    public var mark: Mark

    /// Makes a device.
    public init(
        id: String, own: Bool = false, profile: String, driver: String? = nil, address: String, unit: Int? = nil,
        circuit: String = "supply", rotation: String = "123", priority: Int = 0, options: [String: String] = [:],
        connector: Int? = nil,
        unattendedAccepted: Bool = false, enabled: Bool = true, role: Role? = nil, of: String? = nil,
        isForCars: Bool = false, box: SiteBox = SiteBox(),
        mark: Mark = Mark(line: 1, column: 1)
    ) {
        self.id = id
        self.own = own
        self.profile = profile
        self.driver = driver
        self.address = address
        self.unit = unit
        self.circuit = circuit
        self.rotation = rotation
        self.priority = priority
        self.options = options
        self.connector = connector
        self.unattendedAccepted = unattendedAccepted
        self.enabled = enabled
        self.role = role
        self.of = of
        self.isForCars = isForCars
        self.box = box
        self.mark = mark
    }
}
