import DriverAPI
import Modbus
import ReadPlanning
import Synchronization

/// A device of registers that a test fills, scripts and listens to.
final class FakeDevice: RegisterLink {
    struct State {
        var words: [RegisterTable: [Int: UInt16]] = [:]
        /// Exceptions by address; a request that touches one is refused.
        var exceptions: [RegisterTable: [Int: UInt8]] = [:]
        /// Exceptions for writes, by address.
        var writeExceptions: [Int: UInt8] = [:]
        /// Failures of the next requests, whatever they are; nil lets one through.
        var script: [LinkError?] = []
        /// Failure of every request until it is nil again.
        var always: LinkError?
        /// Addresses that take a write and do not change.
        var deaf: Set<Int> = []
        /// Write address to read address, where they differ.
        var shows: [Int: Int] = [:]
        /// What was asked and written, in order.
        var log: [String] = []
        var epoch = 1
        var lastFrame: MonotonicTime?
        /// Runs after every acknowledged write.
        var onWrite: (@Sendable (inout State, Int) -> Void)?
    }

    let clock: StepClock
    private let latency: Duration
    private let state: Mutex<State>

    init(_ clock: StepClock, latency: Duration = .milliseconds(10), holding: [Int: [UInt16]] = [:]) {
        self.clock = clock
        self.latency = latency
        var initial = State()
        for (address, words) in holding {
            for (offset, word) in words.enumerated() { initial.words[.holding, default: [:]][address + offset] = word }
        }
        state = Mutex(initial)
    }

    /// Changes the script or the registers.
    func change(_ body: (inout State) -> Void) { state.withLock { body(&$0) } }

    /// A holding register.
    subscript(_ address: Int) -> UInt16 {
        get { state.withLock { $0.words[.holding]?[address] ?? 0 } }
        set { state.withLock { $0.words[.holding, default: [:]][address] = newValue } }
    }

    /// What was asked and written since the last call.
    func takeLog() -> [String] {
        state.withLock { state in
            defer { state.log = [] }
            return state.log
        }
    }

    /// The frames written since the last call.
    func takeWrites() -> [String] { takeLog().filter { !$0.contains("+") } }

    var connectionEpoch: Int { state.withLock { $0.epoch } }
    func lastFrame(to unit: UInt8) -> MonotonicTime? { state.withLock { $0.lastFrame } }

    func answer(
        to request: ReadRequest, unit: UInt8, options: RequestOptions
    ) async throws(LinkError) -> Answer {
        let sent = clock.now
        let words = try exchange("\(request)", timeout: options.timeout) { state throws(LinkError) in
            for address in request.range {
                if let code = state.exceptions[request.table]?[address] { throw .exception(code) }
            }
            return request.range.map { state.words[request.table]?[$0] ?? 0 }
        }
        return Answer(words: words, sent: sent, received: clock.now)
    }

    func write(_ request: WriteRequest, unit: UInt8, options: RequestOptions) async throws(LinkError) {
        _ = try exchange("\(request)", timeout: options.timeout) { state throws(LinkError) in
            if let code = state.writeExceptions[Int(request.address)] { throw .exception(code) }
            for (offset, word) in request.words.enumerated() {
                let address = Int(request.address) + offset
                if state.deaf.contains(address) { continue }
                state.words[request.table, default: [:]][state.shows[address] ?? address] = word
            }
            state.onWrite?(&state, Int(request.address))
            return []
        }
    }

    func modify(
        _ address: UInt16, unit: UInt8, mask: UInt16, bits: UInt16, function: UInt8, options: RequestOptions
    ) async throws(LinkError) -> UInt16 {
        let word = self[Int(address)] & ~mask | bits
        let request = WriteRequest(function: function, address: address, words: [word])
        try await write(request, unit: unit, options: options)
        return word
    }

    private func exchange(
        _ text: String, timeout: Duration, _ body: (inout State) throws(LinkError) -> [UInt16]
    ) throws(LinkError) -> [UInt16] {
        let failure = state.withLock { state in
            let scripted = state.script.isEmpty ? nil : state.script.removeFirst()
            return scripted ?? state.always
        }
        if case .unreachable = failure { throw failure ?? .closed }
        state.withLock { state in
            state.log.append(text)
            state.lastFrame = clock.now
        }
        if let failure {
            clock.advance(by: failure == .timeout ? timeout : latency)
            throw failure
        }
        clock.advance(by: latency)
        let result: Result<[UInt16], LinkError> = state.withLock { state in
            do throws(LinkError) {
                return .success(try body(&state))
            } catch {
                return .failure(error)
            }
        }
        return try result.get()
    }
}
