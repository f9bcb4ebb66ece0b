import Foundation

/// A scan for one command: on the line of the running host that owns it, else on its own.
public struct ScanAccess: Sendable {
    private struct Problem: Decodable { var detail: String? }

    private let client: ControlClient?
    private let library: ProfileLibrary

    /// Beside the host on the data folder `data`, or on one of this user's folders, where one runs.
    public init(data: String? = nil, library: ProfileLibrary = ProfileLibrary()) {
        client = RunningHosts.folder(given: data).map { ControlClient(folder: $0) }
        self.library = library
    }

    /// Scans a line, named and written as for ``SerialScan``; a line of the host is asked through it.
    ///
    /// Throws ``ScanError``.
    public func serial(
        _ line: String, aliases: [String: String] = [:], units: [UInt8] = ScanUnits.standard,
        progress: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws(ScanError) -> ScanReport {
        let scan = try SerialScan(line, aliases: aliases, library: library)
        if let client {
            progress("asking the running host about its line")
            let question = LineQuestion(channel: scan.channel, units: units)
            let body = Array((try? JSONEncoder().encode(question)) ?? Data())
            let request = ControlRequest(method: "POST", path: "/api/v1/scan", body: body)
            if let answer = try? await client.send(request, seconds: 600), answer.status != 404 {
                if answer.status == 409 { throw .slaveLine(line) }
                return try report(answer)
            }
        }
        return try await scan.run(units: units, progress: progress)
    }

    /// Scans hosts or a network; what the running host has open is shown and left alone. Throws ``ScanError``.
    public func tcp(
        _ target: ScanTarget, units: [UInt8]? = nil, progress: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws(ScanError) -> ScanReport {
        var owned: [OwnedEndpoint] = []
        if let client, let answer = try? await client.send(ControlRequest(method: "GET", path: "/api/v1/scan")),
            answer.status == 200
        {
            owned = (try? JSONDecoder().decode([OwnedEndpoint].self, from: Data(answer.body))) ?? []
        }
        let scan = try TCPScan(target, units: units, library: library, owned: owned)
        return await scan.run(progress: progress)
    }

    private func report(_ answer: ControlResponse) throws(ScanError) -> ScanReport {
        if answer.status == 200, let report = try? JSONDecoder().decode(ScanReport.self, from: Data(answer.body)) {
            return report
        }
        let problem = try? JSONDecoder().decode(Problem.self, from: Data(answer.body))
        throw .host(problem?.detail ?? "the running host answered with status \(answer.status)")
    }
}
