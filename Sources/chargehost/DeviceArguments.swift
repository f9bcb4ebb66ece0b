import DriverAPI
import Host

/// The words that name one device: `--profile P --address A [--unit N] [--option k=v]…`.
struct DeviceArguments {
    static let values: Set<String> = ["profile", "address", "unit", "option", "data"]
    static let help = """
          --profile P      the profile's id, or the path of its file
          --address A      192.168.2.40, 192.168.2.40:4701, /dev/ttyUSB0,9600,8,n,1 or rtu+tcp://192.168.2.7:4196
          --unit N         the unit id; without: the profile's default
          --option K=V     an option of the profile; can be given several times
          --data DIR       the data folder of the running host that owns the line
        """

    let configuration: DeviceConfiguration

    init(_ arguments: Arguments) throws {
        configuration = DeviceConfiguration(
            id: "device", profile: try arguments.required("profile"), address: try arguments.required("address"),
            unit: try arguments.integer("unit", 0...255), options: try Self.options(arguments))
    }

    /// The options given as `--option name=value`.
    static func options(_ arguments: Arguments) throws -> [String: String] {
        var options: [String: String] = [:]
        for option in arguments.values["option"] ?? [] {
            let parts = option.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
            guard parts.count == 2, !parts[0].isEmpty else {
                throw UsageError("--option needs name=value, not \"\(option)\"")
            }
            options[parts[0]] = parts[1]
        }
        return options
    }
}
