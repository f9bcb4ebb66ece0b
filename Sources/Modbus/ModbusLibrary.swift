import CModbus

/// The libmodbus this program runs with.
public enum ModbusLibrary {
    /// Its version, such as 3.1.6.
    public static var version: String {
        "\(libmodbus_version_major).\(libmodbus_version_minor).\(libmodbus_version_micro)"
    }
}
