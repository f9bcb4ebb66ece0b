/// A driver that is a program of its own: one `struct` with `@main`, started and supervised by the host.
///
/// ```swift
/// @main struct GardenMeter: DriverProgram {
///     let name = "garden-meter"
///     let version = "1.0.0"
///     func open(_ device: DeviceConfiguration, context: DriverContext) async throws(DriverError) -> any Device {
///         PolledDevice(try Garden(device), every: .seconds(1), context: context)
///     }
/// }
/// ```
///
/// The host speaks JSON-RPC 2.0 to it, one message a line, on standard input and output (Documentation/driver-protocol.md);
/// all of that is done here. What the program prints goes to standard error, and so to the host's log. Its name and version
/// must be those of its manifest `driver.yaml`.
public protocol DriverProgram: Driver {
    /// Its version, such as `1.0.0`, as the manifest has it.
    var version: String { get }

    /// Makes the driver; called once at the start.
    init()

    /// Looks for devices. Throws ``DriverError/unsupported(_:)`` unless the driver has its own.
    func scan(_ request: ScanRequest) async throws(DriverError) -> [FoundDevice]
}

extension DriverProgram {
    /// The driver cannot look for devices.
    public func scan(_ request: ScanRequest) async throws(DriverError) -> [FoundDevice] {
        throw .unsupported("\(name) cannot look for devices")
    }

    /// Serves the host on standard input and output until it closes them, then ends the process with status 0.
    public static func main() async {
        let wire = DriverWire.standard()
        let session = DriverSession(Self(), wire: wire)
        await session.run()
    }
}
