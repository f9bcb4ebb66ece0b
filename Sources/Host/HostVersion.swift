import Modbus
import Storage
import YAML

/// What is installed.
public enum HostVersion {
    /// The version of chargehost.
    public static let chargehost = "0.1.0"

    /// The program, its interfaces and its libraries.
    public static func all() -> [(name: String, version: String)] {
        [
            ("chargehost", chargehost), ("site schema", "site/1"), ("profile schema", "profile/1"),
            ("libmodbus", ModbusLibrary.version), ("libyaml", YAMLLibrary.version), ("sqlite", SQLiteLibrary.version),
        ]
    }
}
