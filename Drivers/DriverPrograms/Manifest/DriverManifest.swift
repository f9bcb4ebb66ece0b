import DriverAPI

/// What `driver.yaml` says of a driver that is a program.
public struct DriverManifest: Hashable, Sendable {
    /// The name by which site files call it: 1 to 40 letters a-z, digits and hyphens.
    public var name: String
    /// Its version, such as `1.0.0`.
    public var version: String
    /// The version of the protocol it speaks.
    public var api: Int
    /// The program and its arguments. A program with a slash is a path relative to the manifest, another is found in `PATH`.
    public var program: [String]
    /// The classes of its devices.
    public var classes: Set<DeviceClass>
    /// The options of its devices, by name.
    public var options: [String: DriverOption]
    /// The memory it may use, in MiB: 16 to 1024.
    public var memory: Int
    /// Whether its wallboxes have the point `energy_total`, by which sessions are billed.
    public var countsEnergy: Bool
    /// Whether the sockets of its wallboxes can be unlocked.
    public var unlocks: Bool
    /// How it can be tried; nil where the manifest does not say.
    public var trial: DriverTrial?
    /// The folder of the manifest.
    public var folder: String

    /// The version of the protocol that the host speaks.
    public static let api = 1

    /// Checks the options of a device against those of the manifest, and fills in defaults.
    ///
    /// Throws ``DriverError/configuration(_:)`` for an option that is unknown, missing or of the wrong type.
    public func options(_ written: [String: String]) throws(DriverError) -> [String: String] {
        for name in written.keys.sorted() where options[name] == nil {
            let known = options.isEmpty ? "it has none" : "known: \(options.keys.sorted().joined(separator: ", "))"
            throw .configuration("the driver \(self.name) has no option \(name); \(known)")
        }
        var complete = written
        for (name, option) in options.sorted(by: { $0.key < $1.key }) {
            guard let text = written[name] ?? option.standard else {
                if option.isRequired { throw .configuration("the driver \(self.name) needs the option \(name)") }
                continue
            }
            if let wrong = option.type.refusal(of: text) {
                throw .configuration("the option \(name) of the driver \(self.name) must be \(wrong), not \"\(text)\"")
            }
            complete[name] = text
        }
        return complete
    }
}
