import DriverAPI
import ReadPlanning

/// The way to one endpoint's units, as a driver uses it: real buses and simulated ones look the same.
public protocol RegisterLink: Sendable {
    /// Reads; 16-bit words, for coils and discrete inputs 0 or 1 each; `request.count` of them.
    func read(_ request: ReadRequest, unit: UInt8, options: RequestOptions) async throws(LinkError) -> [UInt16]

    /// Writes and waits for the acknowledgement.
    func write(_ request: WriteRequest, unit: UInt8, options: RequestOptions) async throws(LinkError)

    /// Reads, changes and writes one register with nothing between on the line: bits outside `mask` stay.
    ///
    /// Returns the word written.
    func modify(
        _ address: UInt16, unit: UInt8, mask: UInt16, bits: UInt16, function: UInt8, options: RequestOptions
    ) async throws(LinkError) -> UInt16

    /// Reads, and says when the request left and when its answer was there.
    func answer(to request: ReadRequest, unit: UInt8, options: RequestOptions) async throws(LinkError) -> Answer

    /// Reads many requests in one go, in their order; one result each.
    ///
    /// More urgent requests of others go out in between. After `cancelled` or `closed` the rest fails alike.
    func read(_ batch: [UnitRead], options: RequestOptions) async -> [Result<Answer, LinkError>]

    /// How many connections were made so far: when it changes, what a device tells "after each connect" is old.
    var connectionEpoch: Int { get }

    /// Where a task that asks much of this link best runs; nil: anywhere.
    var executor: (any TaskExecutor)? { get }

    /// When the last frame to `unit` left, of whatever kind; nil before the first. A watchdog counts from there.
    func lastFrame(to unit: UInt8) -> MonotonicTime?
}

extension RegisterLink {
    /// Reads, and gives the words alone.
    public func read(
        _ request: ReadRequest, unit: UInt8, options: RequestOptions
    ) async throws(LinkError) -> [UInt16] {
        try await answer(to: request, unit: unit, options: options).words
    }

    /// Reads one after the other; a link with a queue of its own does better.
    public func read(_ batch: [UnitRead], options: RequestOptions) async -> [Result<Answer, LinkError>] {
        var results: [Result<Answer, LinkError>] = []
        results.reserveCapacity(batch.count)
        for item in batch {
            do throws(LinkError) {
                results.append(.success(try await answer(to: item.request, unit: item.unit, options: options)))
            } catch {
                results.append(.failure(error))
            }
        }
        return results
    }

    /// A link without a thread of its own has no preference.
    public var executor: (any TaskExecutor)? { nil }

    /// A link without connections has only one.
    public var connectionEpoch: Int { 1 }
}
