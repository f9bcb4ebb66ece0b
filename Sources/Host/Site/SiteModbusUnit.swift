import Modbus
import YAML

/// One entry of `modbus_server`: a device of the site that a master above can read and limit, with the Power Brain map.
public struct SiteModbusUnit: Hashable, Sendable {
    /// Where it answers.
    public enum Place: Hashable, Sendable {
        /// Modbus TCP on this address.
        case tcp(ListenAddress)
        /// RTU on this line, as written.
        case line(String)
    }

    /// The name under which the whole site is shown as one box.
    public static let wholeSite = "site"

    /// Where it answers.
    public var place: Place
    /// The unit id, 1 to 247.
    public var unit: Int
    /// The device's id; ``wholeSite`` for all boxes as one.
    public var device: String
    /// IP addresses of the masters that may connect; empty: all.
    public var allow: [String]
    /// Where it stands in the file.
    public var mark: Mark

    /// Makes an entry.
    public init(
        place: Place, unit: Int = 1, device: String, allow: [String] = [], mark: Mark = Mark(line: 1, column: 1)
    ) {
        self.place = place
        self.unit = unit
        self.device = device
        self.allow = allow
        self.mark = mark
    }
}
