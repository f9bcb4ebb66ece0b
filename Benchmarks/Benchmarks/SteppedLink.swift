import DriverAPI
import Modbus
import ReadPlanning
import Synchronization

/// A bus whose moments are those of a stepped clock, and which can write down what is read.
final class SteppedLink: RegisterLink {
    private let bus: Bus
    private let clock: SteppedClock
    private let recording = Mutex<[ReadRequest]?>(nil)

    init(_ bus: Bus, clock: SteppedClock) {
        self.bus = bus
        self.clock = clock
    }

    /// What is read while `body` runs.
    func requests(during body: () async throws -> Void) async rethrows -> [ReadRequest] {
        recording.withLock { $0 = [] }
        try await body()
        return recording.withLock { recorded in
            defer { recorded = nil }
            return recorded ?? []
        }
    }

    func answer(to request: ReadRequest, unit: UInt8, options: RequestOptions) async throws(LinkError) -> Answer {
        recording.withLock { $0?.append(request) }
        return shown(try await bus.answer(to: request, unit: unit, options: options))
    }

    func read(_ batch: [UnitRead], options: RequestOptions) async -> [Result<Answer, LinkError>] {
        recording.withLock { $0?.append(contentsOf: batch.map(\.request)) }
        return await bus.read(batch, options: options).map { $0.map(shown) }
    }

    func write(_ request: WriteRequest, unit: UInt8, options: RequestOptions) async throws(LinkError) {
        try await bus.write(request, unit: unit, options: options)
    }

    func modify(
        _ address: UInt16, unit: UInt8, mask: UInt16, bits: UInt16, function: UInt8, options: RequestOptions
    ) async throws(LinkError) -> UInt16 {
        try await bus.modify(address, unit: unit, mask: mask, bits: bits, function: function, options: options)
    }

    var executor: (any TaskExecutor)? { bus.executor }
    var connectionEpoch: Int { bus.connectionEpoch }
    func lastFrame(to unit: UInt8) -> MonotonicTime? { bus.lastFrame(to: unit).map(clock.shown) }

    private func shown(_ answer: Answer) -> Answer {
        Answer(words: answer.words, sent: clock.shown(answer.sent), received: clock.shown(answer.received))
    }
}
