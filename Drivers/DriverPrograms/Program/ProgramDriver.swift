import DriverAPI

/// A driver that is a program, as the host uses any other: its devices are served by one process.
public struct ProgramDriver: Driver {
    /// The process, for its state and its end.
    public let process: DriverProcess

    /// The name of the manifest.
    public var name: String { process.manifest.name }

    /// The driver that `process` runs.
    public init(_ process: DriverProcess) { self.process = process }

    /// Opens a device; the program is started with the first one.
    ///
    /// Throws ``DriverError/configuration(_:)`` for options that the manifest does not allow, and for a device that is open.
    public func open(
        _ device: DeviceConfiguration, context: DriverContext
    ) async throws(DriverError) -> any Device {
        var device = device
        device.options = try process.manifest.options(device.options)
        return try ProgramDevice(device, process: process, context: context)
    }

    /// Asks the program to look for devices. Throws ``DriverError/unsupported(_:)`` when it cannot.
    public func scan(_ request: ScanRequest) async throws(DriverError) -> [FoundDevice] {
        try process.start()
        let answer = try await process.ask("scan", request.json, limit: request.limit + .seconds(5))
        do throws(WireFault) {
            var found: [FoundDevice] = []
            for (index, item) in (try WireFields(answer, at: "scan").list("found") ?? []).enumerated() {
                found.append(try FoundDevice(item, at: "scan.found[\(index)]"))
            }
            return found
        } catch {
            throw .unreachable("the driver \(name) answers nonsense: \(error)")
        }
    }
}
