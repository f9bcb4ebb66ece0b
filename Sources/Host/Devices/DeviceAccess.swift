import DriverAPI
import Foundation

/// One device for one command: the host's own where it has it, else one that is opened here, on the host's line where
/// that is open.
public struct DeviceAccess: Sendable {
    private let client: ControlClient?
    private let library: ProfileLibrary

    /// Access through the host on the data folder `data`, or on one of this user's folders, where one runs.
    public init(data: String? = nil, library: ProfileLibrary = ProfileLibrary()) {
        client = RunningHosts.folder(given: data).map { ControlClient(folder: $0) }
        self.library = library
    }

    /// What opens a device here, on lines that the host shares where it has them.
    private func opener() async -> DeviceOpener {
        guard let client else { return DeviceOpener(library: library) }
        return DeviceOpener(library: library, lines: await SharedLines(client))
    }

    /// Reads the named points, or all.
    public func read(_ device: DeviceConfiguration, points: [String]?) async throws(DriverError) -> DeviceReport {
        if let answer = try await ask(DeviceQuestion(device: device, points: points), "/api/v1/bus/read") {
            return try report(answer)
        }
        let opener = await opener()
        let open = try await opener.open(device, context: .oneShot)
        let result: Result<[Reading], DriverError>
        do { result = .success(try await open.read(points)) } catch { result = .failure(error) }
        await open.close(.leave)
        return DeviceReport(profile: opener.id(of: device.profile), readings: try result.get())
    }

    /// Carries out one command; a running host that has the device decides what its profile may do, else `permission`.
    public func apply(
        _ command: Command, to device: DeviceConfiguration, permission: WritePermission = .granted
    ) async throws(DriverError) -> CommandOutcome {
        if let answer = try await ask(DeviceQuestion(device: device, command: command), "/api/v1/bus/command") {
            guard let outcome = try? JSONDecoder().decode(CommandOutcome.self, from: Data(answer)) else {
                throw .unreachable("the running host gave an answer that cannot be read")
            }
            return outcome
        }
        let opener = await opener()
        var context = DriverContext.oneShot
        context.permission = permission
        let open = try await opener.open(device, context: context)
        let result: Result<CommandOutcome, DriverError>
        do { result = .success(try await open.apply(command)) } catch { result = .failure(error) }
        await open.close(.leave)
        return try result.get()
    }

    /// The host's answer; nil when no host runs, or none that owns the line.
    private func ask(_ question: DeviceQuestion, _ path: String) async throws(DriverError) -> [UInt8]? {
        guard let client, let body = try? JSONEncoder().encode(question),
            let response = try? await client.send(ControlRequest(method: "POST", path: path, body: Array(body)))
        else { return nil }
        switch response.status {
        case 200: return response.body
        case 404: return nil
        default:
            if let problem = try? JSONDecoder().decode(DeviceQuestion.Problem.self, from: Data(response.body)) {
                throw problem.error
            }
            throw .unreachable("the running host answered with status \(response.status)")
        }
    }

    private func report(_ answer: [UInt8]) throws(DriverError) -> DeviceReport {
        guard let wire = try? JSONDecoder().decode(DeviceQuestion.Answer.self, from: Data(answer)) else {
            throw .unreachable("the running host gave an answer that cannot be read")
        }
        return DeviceReport(profile: wire.profile, readings: wire.readings)
    }
}

/// What a command asks the running host about a device it may own.
struct DeviceQuestion: Codable {
    var device: DeviceConfiguration
    var points: [String]?
    var command: Command?

    /// What the host read.
    struct Answer: Codable {
        var profile: String
        var readings: [Reading]
    }

    /// Why it could not.
    struct Problem: Codable {
        var error: DriverError
    }
}

extension DriverContext {
    /// For one command: the machine's clock, counters that end with the process.
    public static var oneShot: DriverContext { DriverContext(clock: SystemClock(), store: MemoryDriverStore()) }
}
