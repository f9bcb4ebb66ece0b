import DriverAPI

/// The driver of go-e chargers (Gemini, HOMEfix, HOME+ from hardware V3 on) by their local HTTP API v2, which has to be
/// switched on in the app. The address is `HOST` or `HOST:PORT`.
@main struct GoE: DriverProgram {
    let name = "goe"
    let version = "1.0.0"

    func open(_ device: DeviceConfiguration, context: DriverContext) async throws(DriverError) -> any Device {
        let client = try BoxClient(device.address)
        guard let every = Exact(text: device.options["every"] ?? "1"), every > 0,
            let phases = Int(device.options["phases"] ?? "3"), (1...3).contains(phases)
        else {
            throw .configuration("every must be a number of seconds above 0, phases 1, 2 or 3")
        }
        let box = GoEBox(client: client, phases: phases, clock: context.clock)
        return PolledDevice(box, every: .milliseconds(Int64(every.double * 1000)), context: context)
    }
}
