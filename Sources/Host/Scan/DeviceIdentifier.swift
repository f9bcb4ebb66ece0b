import DeviceProfiles
import DriverAPI
import Modbus
import ReadPlanning

/// Finds out which profile a unit is of, by the reads of the profiles' `identify` and no others; nothing is written.
///
/// The reads of the most promising profile come first; one that cannot reach its score any more is dropped, and the first
/// that is accepted ends the search. Profiles whose devices must not be asked something are obeyed as soon as anything
/// speaks for them.
struct DeviceIdentifier {
    /// What was found out.
    enum Outcome {
        /// Nothing came from there.
        case silent
        /// Something came that is no Modbus.
        case noise(String)
        /// No connection, or it broke.
        case unreachable(String)
        /// A gateway says that nobody is there (exceptions 10 and 11).
        case empty
        /// A unit answers.
        case unit(ScanIdentity)
    }

    /// In the order in which they are tried where nothing speaks for one yet.
    let candidates: [ScanCandidate]
    let link: any RegisterLink
    let unit: UInt8
    /// The longest wait for an answer.
    var patience = Duration.seconds(1)
    /// How long after everything that waits on the link at the same moment a read goes out.
    var lag = Duration.zero

    private static let endurance = 2

    /// Asks the unit; `seen` has what is known already.
    func identify(seen: [ReadRequest: [UInt16]?] = [:]) async -> Outcome {
        var known = seen
        var hasAnswered = !seen.isEmpty
        var unanswered = 0
        var open = candidates
        while true {
            open.removeAll { $0.standing(known).best < $0.asks }
            if let winner = open.first(where: { isAccepted($0, known) }) {
                return .unit(await identity(known, open, winner))
            }
            guard let next = nextRead(open, known) else { break }
            do throws(LinkError) {
                known[next.request] = try await link.read(next.request, unit: unit, options: options(next.gap))
                (hasAnswered, unanswered) = (true, 0)
            } catch {
                switch error {
                case .exception(10), .exception(11): if !hasAnswered { return .empty }
                case .exception: (hasAnswered, unanswered) = (true, 0)
                case .timeout: unanswered += 1
                case .garbled(let what): if !hasAnswered { return .noise(what) }
                case .unreachable(let why), .disconnected(let why), .refused(let why):
                    if !hasAnswered { return .unreachable(why) }
                    unanswered += 1
                case .cancelled, .closed: return .unreachable("\(error)")
                }
                known[next.request] = .some(nil)
            }
            // A unit that says nothing at all costs one wait; one that fell silent may only dislike a read.
            if !hasAnswered || unanswered >= DeviceIdentifier.endurance { break }
        }
        return hasAnswered ? .unit(await identity(known, candidates, nil)) : .silent
    }

    private func isAccepted(_ candidate: ScanCandidate, _ known: [ReadRequest: [UInt16]?]) -> Bool {
        let standing = candidate.standing(known)
        return standing.score >= candidate.rules.accept && standing.isDecided && candidate.restsOnContent(known)
    }

    private func nextRead(
        _ open: [ScanCandidate], _ known: [ReadRequest: [UInt16]?]
    ) -> (request: ReadRequest, gap: Duration)? {
        let ranked = open.map { ($0, $0.standing(known).score) }
        let likely = ranked.filter { $0.1 > 0 }.map(\.0)
        let order = ranked.enumerated().sorted { ($1.element.1, $0.offset) < ($0.element.1, $1.offset) }.map(
            \.element.0)
        for candidate in order {
            for rule in candidate.rules.rules.sorted(by: { $0.rank < $1.rank }) where known[rule.request] == nil {
                let isTaboo = likely.contains { $0.profile.id != candidate.profile.id && $0.forbids(rule.request) }
                if isTaboo { continue }
                let gap = ([candidate] + likely).map(\.profile.link.timing.minGap).max() ?? .zero
                return (rule.request, gap)
            }
        }
        return nil
    }

    private func options(_ gap: Duration) -> RequestOptions {
        RequestOptions(
            deadline: SystemClock().now.advanced(by: lag), timeout: patience, gaps: RequestGaps(between: gap))
    }
}

extension DeviceIdentifier {
    private func identity(
        _ known: [ReadRequest: [UInt16]?], _ open: [ScanCandidate], _ winner: ScanCandidate?
    ) async -> ScanIdentity {
        let scored = open.map { (candidate: $0, score: $0.standing(known).score) }
            .filter { $0.score >= $0.candidate.asks }.sorted { $1.score < $0.score }
        let best = winner ?? scored.first?.candidate
        var names: [String: String] = [:]
        if let best { names = await facts(of: best, known) }
        return ScanIdentity(
            profile: best?.profile, score: best?.standing(known).score ?? 0, isCertain: winner != nil,
            others: scored.filter { $0.candidate.profile.id != best?.profile.id }
                .map { ScanIdentity.Other(profile: $0.candidate.profile.id, score: $0.score) }, names: names)
    }

    /// The facts of a profile that say who the device is; what is refused is left out.
    private func facts(of candidate: ScanCandidate, _ known: [ReadRequest: [UInt16]?]) async -> [String: String] {
        let planner = ReadPlanner(constraints: candidate.profile.modbus.constraints, line: .tcp, latency: .zero)
        var names: [String: String] = [:]
        var read = known
        for fact in candidate.rules.facts where ["vendor", "model", "serial", "firmware"].contains(fact.name) {
            guard let place = fact.place else { continue }
            let item = PlanItem(points: [fact.name], table: place.table, address: place.address, count: place.words)
            guard let request = planner.plan([item]).plan.requests.first else { continue }
            if read[request] == nil {
                let gap = options(candidate.profile.link.timing.minGap)
                read[request] = .some(try? await link.read(request, unit: unit, options: gap))
            }
            let offset = place.address - Int(request.address)
            guard let words = read[request], let words, words.count >= offset + place.words else { continue }
            let value = fact.decode(words[offset..<offset + place.words])
            if value.quality == .good { names[fact.name] = value.value?.plainText }
        }
        return names
    }
}

extension Identification.Rule {
    /// Identity registers first, then texts, plausible values, and whether anything answers at all.
    fileprivate var rank: Int {
        switch test {
        case .words: 0
        case .text, .textStarts: 1
        case .equals, .range: 2
        case .answers: 3
        }
    }
}
