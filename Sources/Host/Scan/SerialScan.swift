import DriverAPI
import Modbus
import ReadPlanning

/// Looks for devices on a serial line, in the formats that are worth trying until one of them is answered.
public struct SerialScan: Sendable {
    private let endpoints: [Endpoint]
    private let candidates: [ScanCandidate]
    private let name: String?

    /// What most devices have: the formats of the library's profiles by how many have them, then other usual ones.
    static func formats(_ candidates: [ScanCandidate]) -> [LineParameters] {
        var counts: [LineParameters: Int] = [:]
        for serial in candidates.compactMap(\.profile.link.serial) {
            counts[
                LineParameters(baud: serial.baud, data: serial.data, parity: serial.parity, stop: serial.stop),
                default: 0
            ] += 1
        }
        let known = counts.sorted { ($1.value, $0.key.description) < ($0.value, $1.key.description) }.map(\.key)
        // Modbus over Serial Line V1.02, 2.2 and 2.5.1: 9600 and 19200 must be possible, even parity is the default.
        let usual = [
            (9600, Parity.none), (9600, .even), (19200, .even), (19200, .none), (38400, .even), (38400, .none),
        ]
        .map { LineParameters(baud: $0.0, parity: $0.1) }
        return known + usual.filter { counts[$0] == nil }
    }

    /// `/dev/ttyUSB0` in all formats, `/dev/ttyUSB0,9600,8,n,1` in this one, or `rtu+tcp://192.168.2.7:4196`.
    ///
    /// `aliases` are a site's names of lines. Throws ``ScanError``.
    public init(_ line: String, aliases: [String: String] = [:], library: ProfileLibrary) throws(ScanError) {
        let candidates = ScanCandidate.all(of: library).filter { $0.profile.link.serial != nil }
        if candidates.isEmpty { throw .noProfiles }
        self.candidates = candidates
        let parts = line.split(separator: ",", omittingEmptySubsequences: false)
        let isOpen = parts.count == 1 && !line.contains("://")
        name = parts.first.map(String.init).flatMap { $0.hasPrefix("/") || line.contains("://") ? nil : $0 }
        do {
            let format = LineParameters(baud: 9600)
            let address = try Address(
                line, defaults: Address.Defaults(serial: isOpen ? format : nil, aliases: aliases))
            switch address.endpoint {
            case .serial(let path, _) where isOpen:
                endpoints = Self.formats(candidates).map { .serial(path: path, $0) }
            case .serial, .rtuOverTCP: endpoints = address.endpoint.map { [$0] } ?? []
            default:
                throw ScanError.line("“\(line)” is no serial line; a network is scanned with chargehost scan tcp")
            }
        } catch let error as ScanError {
            throw error
        } catch {
            throw .line("\(error)")
        }
    }

    /// The channel it needs for itself.
    public var channel: String { endpoints.first?.channel ?? "" }

    /// Asks the units in each format until one is answered; first all formats briefly, then all with more patience.
    ///
    /// Throws ``ScanError/line(_:)`` where the line cannot be used.
    public func run(
        units: [UInt8] = ScanUnits.standard, progress: @escaping @Sendable (String) -> Void = { _ in }
    ) async throws(ScanError) -> ScanReport {
        let clock = SystemClock()
        let start = clock.now
        var report = ScanReport(searched: endpoints.map(address))
        for look in LineScan.looks(candidates) {
            for endpoint in endpoints {
                let (scan, sweep) = try await self.look(look, at: endpoint, units, progress)
                defer { scan.bus?.close() }
                report.remarks += scan.remarks(sweep)
                if sweep.answers.isEmpty { continue }
                let (found, remarks) = await scan.complete(sweep, units, after: look)
                report = ScanReport(searched: [scan.address], found: found, remarks: remarks)
                report.seconds = start.duration(to: clock.now).inSeconds
                return report
            }
        }
        report.seconds = start.duration(to: clock.now).inSeconds
        return report
    }

    /// One look in one format. The line of the format before is closed on another thread: it is free in a moment.
    private func look(
        _ look: LineScan.Look, at endpoint: Endpoint, _ units: [UInt8], _ progress: @escaping @Sendable (String) -> Void
    ) async throws(ScanError) -> (LineScan, LineScan.Sweep) {
        var attempts = endpoints.count > 1 ? 10 : 1
        while true {
            let bus = Bus(endpoint)
            let scan = LineScan(bus, candidates: candidates, address: address(of: endpoint), progress: progress)
            let sweep = await scan.sweep(units, look)
            guard let trouble = sweep.trouble else { return (scan, sweep) }
            bus.close()
            attempts -= 1
            if attempts == 0 || Task.isCancelled { throw .line(trouble) }
            try? await Task.sleep(for: .milliseconds(50))
        }
    }

    /// As the site file should have it: the name that was given, else that of the USB adapter, which stays when the
    /// number of the device file does not.
    private func address(of endpoint: Endpoint) -> String {
        guard case .serial(let path, let parameters) = endpoint else { return "\(endpoint)" }
        return "\(name ?? adapterName(path) ?? path),\(parameters)"
    }

    private func adapterName(_ path: String) -> String? {
        guard let file = DeviceFile.canonical(path) else { return nil }
        let all = SerialAdapters.machine.all()
        return all.first { $0.path == file }?.name(among: all).description
    }
}
