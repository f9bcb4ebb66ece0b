import DriverAPI
import Modbus
import ReadPlanning

/// Asks the units of one line, one after the other: a short wait first, so that a missing unit costs little, then a longer
/// one for those that were silent.
///
/// Only reads of the profiles' `identify` go out.
struct LineScan {
    /// How a sweep went.
    struct Sweep {
        /// Units that answered, with what they said: nil for an exception.
        var answers: [UInt8: [ReadRequest: [UInt16]?]] = [:]
        /// Units from which something garbled came.
        var garbled: Set<UInt8> = []
        /// Why there is no line.
        var trouble: String?
    }

    /// One way of asking all units.
    struct Look: Hashable {
        var request: ReadRequest
        /// How long a unit may take to begin its answer.
        var patience: Duration
    }

    /// Most meters and boxes need 5 to 60 ms, USB adapters add 16.
    private static let brief = Duration.milliseconds(100)
    private static let long = Duration.milliseconds(300)

    let link: any RegisterLink
    /// The link, where this scan opened it for itself.
    let bus: Bus?
    let candidates: [ScanCandidate]
    /// The address of the site file's entries.
    let address: String
    let progress: @Sendable (String) -> Void
    /// How long after everything that waits on the line at the same moment a read goes out.
    var lag = Duration.zero

    init(
        _ link: any RegisterLink, candidates: [ScanCandidate], address: String,
        progress: @escaping @Sendable (String) -> Void = { _ in }
    ) {
        self.link = link
        bus = link as? Bus
        self.candidates = candidates
        self.address = address
        self.progress = progress
    }

    /// A brief look with the harmless read of most profiles, then a longer one with the read of most in another table,
    /// since some devices say nothing to a function they do not have.
    static func looks(_ candidates: [ScanCandidate]) -> [Look] {
        var counts: [ReadRequest: Int] = [:]
        for request in candidates.flatMap({ Set($0.rules.rules.map(\.request)).filter { $0.count <= 2 } }) {
            counts[request, default: 0] += 1
        }
        let order = counts.sorted { ($1.value, "\($0.key)") < ($0.value, "\($1.key)") }.map(\.key)
        let first = order.first ?? ReadRequest(.holding, at: 0, count: 2)
        let second = order.first { $0.function != first.function } ?? ReadRequest(.input, at: 0, count: 2)
        return [Look(request: first, patience: brief), Look(request: second, patience: long)]
    }

    /// Asks each unit once.
    func sweep(_ units: [UInt8], _ look: Look) async -> Sweep {
        let request = look.request
        let clock = SystemClock()
        var sweep = Sweep()
        for unit in units where !Task.isCancelled {
            progress("\(address): unit \(unit) of \(units.last ?? unit), \(sweep.answers.count) found")
            let options = RequestOptions(deadline: clock.now.advanced(by: lag), timeout: look.patience)
            do throws(LinkError) {
                let words = try await link.read(request, unit: unit, options: options)
                sweep.answers[unit] = [request: words]
            } catch {
                switch error {
                // A serial server says so for units that are not there.
                case .exception(10), .exception(11), .timeout: break
                case .exception: sweep.answers[unit] = [request: nil]
                case .garbled: sweep.garbled.insert(unit)
                case .unreachable(let why), .disconnected(let why), .refused(let why):
                    sweep.trouble = why
                    return sweep
                case .cancelled, .closed:
                    sweep.trouble = "\(error)"
                    return sweep
                }
            }
        }
        return sweep
    }

    /// Finds out who the units are.
    func identify(_ answers: [UInt8: [ReadRequest: [UInt16]?]]) async -> [ScanFind] {
        var found: [ScanFind] = []
        for (unit, seen) in answers.sorted(by: { $0.key < $1.key }) {
            progress("\(address): who is unit \(unit)?")
            let ranked = candidates.filter { $0.profile.link.unitRange.contains(Int(unit)) }
            let identifier = DeviceIdentifier(
                candidates: ranked, link: link, unit: unit, patience: .milliseconds(600), lag: lag)
            if case .unit(let identity) = await identifier.identify(seen: seen) {
                found.append(ScanFind(address: address, unit: unit, identity))
            }
        }
        return found
    }

    /// After a look in which somebody answered: the other look at those that were silent, and who the units are.
    func complete(_ first: Sweep, _ units: [UInt8], after look: Look) async -> (found: [ScanFind], remarks: [String]) {
        var sweep = first
        if let other = Self.looks(candidates).last, other != look {
            let second = await self.sweep(units.filter { sweep.answers[$0] == nil }, other)
            sweep.answers.merge(second.answers) { first, _ in first }
            sweep.garbled.formUnion(second.garbled)
        }
        sweep.garbled.subtract(sweep.answers.keys)
        return (await identify(sweep.answers), remarks(sweep))
    }

    /// Both looks at a line whose format is known, and who the units are. Throws ``ScanError/line(_:)``.
    func run(_ units: [UInt8]) async throws(ScanError) -> (found: [ScanFind], remarks: [String]) {
        guard let look = Self.looks(candidates).first else { return ([], []) }
        let sweep = await sweep(units, look)
        if let trouble = sweep.trouble { throw .line(trouble) }
        return await complete(sweep, units, after: look)
    }

    /// What is said about units that cannot be understood.
    func remarks(_ sweep: Sweep) -> [String] {
        sweep.garbled.sorted().map { unit in
            "\(address), unit \(unit): what comes is garbled; two devices with this unit id, another format, or a line "
                + "without its terminators"
        }
    }
}
