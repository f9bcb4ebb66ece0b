/// How a driver can be tried without a real device: the `check` of its manifest.
public struct DriverTrial: Hashable, Sendable {
    /// A program that plays the device, with its arguments, found as the driver's own is. Its first line on standard output
    /// is the port it listens on; nil where the address needs none.
    public var peer: [String]
    /// The address of the device; `{port}` in it stands for the peer's port.
    public var address: String
    /// The options of the device.
    public var options: [String: String]
    /// The class of the device.
    public var profile: String
}
