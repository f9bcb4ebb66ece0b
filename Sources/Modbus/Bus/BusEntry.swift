import DriverAPI
import ReadPlanning

/// One request of a caller, waiting or under way.
struct BusEntry: Sendable {
    /// What is asked.
    enum Work: Sendable {
        case single(BusRequest, unit: UInt8)
        case batch([UnitRead])
        case modify(Modification, unit: UInt8)
    }

    /// Read-modify-write of one register.
    struct Modification: Hashable, Sendable {
        var address: UInt16
        var mask: UInt16
        var bits: UInt16
        var function: UInt8

        /// The read that comes first.
        var read: BusRequest { .read(ReadRequest(.holding, at: address, count: 1)) }
    }

    /// What the caller gets: one result per request.
    typealias Results = [Result<Answer, LinkError>]

    let id: UInt64
    let work: Work
    let options: RequestOptions
    let due: MonotonicTime
    /// Called once, with all results.
    let deliver: @Sendable (Results) -> Void
    var results: Results = []
    /// Whether the next request is being repeated after the connection broke.
    var repeated = false
    /// Whether the caller gave it up while a request of it was on the line.
    var isCancelled = false

    /// How many results it will have.
    var count: Int {
        if case .batch(let reads) = work { return reads.count }
        return 1
    }

    /// The next request to go out, and its unit; for a modification its read.
    var next: (request: BusRequest, unit: UInt8)? {
        guard results.count < count else { return nil }
        switch work {
        case .single(let request, let unit): return (request, unit)
        case .modify(let modification, let unit): return (modification.read, unit)
        case .batch(let reads):
            let item = reads[results.count]
            return (.read(item.request), item.unit)
        }
    }

    /// By urgency, then deadline, then the order in which they came.
    func goesBefore(_ other: BusEntry) -> Bool {
        if options.urgency != other.options.urgency { return options.urgency < other.options.urgency }
        if due != other.due { return due < other.due }
        return id < other.id
    }

    /// Ends what is open with `error`.
    mutating func fail(_ error: LinkError) {
        while results.count < count { results.append(.failure(error)) }
    }
}
