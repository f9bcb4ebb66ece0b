import DriverAPI
import Foundation
import Modbus

/// Looks for devices at TCP endpoints: which ports accept a connection, and who answers Modbus there.
public struct TCPScan: Sendable {
    /// How many endpoints are asked at once.
    private static let width = 32
    /// Further units of an endpoint are asked no longer than this.
    private static let patience = Duration.seconds(6)

    private let target: ScanTarget
    private let units: [UInt8]?
    private let candidates: [ScanCandidate]
    private let owned: [OwnedEndpoint]

    /// A scan of `target`; without `units` those that the library's profiles begin with are tried until one is known.
    ///
    /// What a running host has open (`owned`) is neither connected nor asked. Throws ``ScanError/noProfiles``.
    public init(
        _ target: ScanTarget, units: [UInt8]? = nil, library: ProfileLibrary, owned: [OwnedEndpoint] = []
    ) throws(ScanError) {
        candidates = ScanCandidate.all(of: library)
        if candidates.isEmpty { throw .noProfiles }
        self.target = target
        self.units = units
        self.owned = owned
    }

    /// Asks everything once.
    public func run(progress: @escaping @Sendable (String) -> Void = { _ in }) async -> ScanReport {
        let clock = SystemClock()
        let start = clock.now
        var report = ScanReport(searched: [searched])
        let places = target.hosts.flatMap { host in target.ports.map { PortSweep.Place(host: host, port: $0) } }
        let ours = places.map(owner)
        let free = zip(places, ours).filter { $0.1 == nil }.map(\.0)
        let open = await PortSweep(places: free).open { progress("\($0) of \(free.count) ports tried") }
        let answers = await examine(open, progress)
        for (place, owner) in zip(places, ours) {
            if let owner { report.found += owner.finds } else if let answer = answers[place] { report.take(answer) }
        }
        report.seconds = start.duration(to: clock.now).inSeconds
        return report
    }

    /// The running host's endpoint at a place; names are looked up only where the host has any endpoint on this port.
    private func owner(_ place: PortSweep.Place) -> OwnedEndpoint? {
        let same = owned.filter { $0.port == place.port }
        if same.isEmpty { return nil }
        let figures = OwnedEndpoint.figures(place.host)
        return same.first { $0.isAt(figures, place.port) }
    }

    private var searched: String {
        let ports = target.ports.map(String.init).joined(separator: ", ")
        guard let first = target.hosts.first, let last = target.hosts.last else { return "" }
        return "\(first == last ? first : "\(first) to \(last)"), port \(ports)"
    }

    private func examine(
        _ places: [PortSweep.Place], _ progress: @escaping @Sendable (String) -> Void
    ) async -> [PortSweep.Place: Answer] {
        await withTaskGroup(of: (PortSweep.Place, Answer).self) { group in
            var waiting = places[...]
            var answers: [PortSweep.Place: Answer] = [:]
            func begin() {
                guard let place = waiting.popFirst() else { return }
                group.addTask { (place, await self.examine(place)) }
            }
            for _ in 0..<Self.width { begin() }
            while let (place, answer) = await group.next() {
                answers[place] = answer
                progress("\(answers.count) of \(places.count) open ports asked")
                begin()
            }
            return answers
        }
    }

    /// What an endpoint holds.
    struct Answer: Sendable {
        var found: [ScanFind] = []
        var remark: String?
    }

    private func examine(_ place: PortSweep.Place) async -> Answer {
        let endpoint = Endpoint.tcp(host: place.host, port: place.port)
        let clock = SystemClock()
        let start = clock.now
        var answer = Answer()
        var last = DeviceIdentifier.Outcome.silent
        for unit in units ?? likelyUnits(place.port) {
            if units == nil, start.duration(to: clock.now) > Self.patience { break }
            last = await identify(endpoint, unit)
            switch last {
            case .unit(let identity):
                answer.found.append(ScanFind(address: "\(endpoint)", unit: unit, identity))
                if identity.isCertain, units == nil {
                    answer.found = [await withUsualUnit(endpoint, unit, identity)]
                    return answer
                }
            case .noise, .unreachable:
                answer.remark = remark(endpoint, last)
                return answer
            case .silent, .empty: continue
            }
        }
        if answer.found.isEmpty { answer.remark = remark(endpoint, last) }
        if units == nil { answer.found = best(answer.found) } else { answer.found = merged(answer.found) }
        return answer
    }

    /// A unit on a connection of its own: one that was silent must not leave its late answer to the next.
    private func identify(_ endpoint: Endpoint, _ unit: UInt8) async -> DeviceIdentifier.Outcome {
        var outcome = DeviceIdentifier.Outcome.silent
        // A device of one connection may take a moment until it takes the next.
        for pause in [0, 300] {
            try? await Task.sleep(for: .milliseconds(pause))
            let bus = Bus(endpoint)
            defer { bus.close() }
            outcome = await DeviceIdentifier(
                candidates: ranked(endpoint, unit), link: bus, unit: unit
            ).identify()
            guard case .unreachable = outcome else { return outcome }
        }
        return outcome
    }

    /// Many devices answer to any unit id; then the one their profile has is entered.
    private func withUsualUnit(_ endpoint: Endpoint, _ unit: UInt8, _ identity: ScanIdentity) async -> ScanFind {
        let find = ScanFind(address: "\(endpoint)", unit: unit, identity)
        guard let usual = identity.profile?.link.defaultUnit, usual != unit,
            case .unit(let again) = await identify(endpoint, usual), again.profile?.id == identity.profile?.id,
            again.isCertain, again.names == identity.names
        else { return find }
        return ScanFind(address: "\(endpoint)", unit: usual, again)
    }

    private func remark(_ endpoint: Endpoint, _ outcome: DeviceIdentifier.Outcome) -> String? {
        switch outcome {
        case .noise(let what): "\(endpoint) is open, but what comes from there is no Modbus: \(what)"
        case .unreachable(let why): "\(endpoint) is open, but \(why)"
        case .silent: "\(endpoint) is open, but answers no read"
        case .empty: "\(endpoint) is a gateway, and behind it none of the units asked answers; try --units 1-32"
        case .unit: nil
        }
    }
}

extension TCPScan {
    /// Profiles of this port first, and of those the ones with this unit id.
    private func ranked(_ endpoint: Endpoint, _ unit: UInt8) -> [ScanCandidate] {
        guard case .tcp(_, let port) = endpoint else { return candidates }
        func rank(_ candidate: ScanCandidate) -> Int {
            let link = candidate.profile.link
            let byPort = link.tcpPort == port ? 0 : link.tcpPort != nil ? 2 : 4
            return byPort + (link.defaultUnit == unit ? 0 : 1)
        }
        return candidates.enumerated().sorted { (rank($0.element), $0.offset) < (rank($1.element), $1.offset) }
            .map(\.element)
    }

    /// The unit ids that new devices of this port have, then those of other TCP devices, then 1.
    func likelyUnits(_ port: Int) -> [UInt8] {
        let links = candidates.map(\.profile.link).filter { $0.tcpPort != nil }
        let wanted = (links.filter { $0.tcpPort == port } + links).map(\.defaultUnit) + [1, 255]
        var seen: Set<UInt8> = []
        return wanted.filter { seen.insert($0).inserted }
    }

    /// Of the answers to several unit ids the one that says most.
    private func best(_ found: [ScanFind]) -> [ScanFind] {
        found.max { ($0.score, $1.unit) < ($1.score, $0.unit) }.map { [$0] } ?? []
    }

    /// Where every unit id is answered by the same device, it is one device.
    private func merged(_ found: [ScanFind]) -> [ScanFind] {
        guard let first = found.first, found.count > 1, first.identity["serial"] != nil,
            found.allSatisfy({ $0.profile == first.profile && $0.identity == first.identity })
        else { return found }
        return [first]
    }
}

extension ScanReport {
    fileprivate mutating func take(_ answer: TCPScan.Answer) {
        found += answer.found
        if let remark = answer.remark { remarks.append(remark) }
    }
}
