import DriverAPI
import Modbus
import ReadPlanning
import Synchronization

/// A link whose requests wait until the test lets them through, on the real clock.
final class GateLink: RegisterLink {
    private struct State {
        var words: [Int: UInt16] = [:]
        var isOpen = true
        var log: [String] = []
        var held: [CheckedContinuation<Void, Never>] = []
        var trap: (@Sendable ([String]) -> Bool)?
        var lastFrame: MonotonicTime?
    }

    private let state: Mutex<State>

    init(_ holding: [Int: [UInt16]]) {
        var initial = State()
        for (address, words) in holding {
            for (offset, word) in words.enumerated() { initial.words[address + offset] = word }
        }
        state = Mutex(initial)
    }

    /// Everything that was asked and written.
    var log: [String] { state.withLock { $0.log } }

    /// Holds the first request for which the log, with it as the last, is as asked, and every one after it; throws when
    /// none is for a minute.
    func hold(when isMet: @escaping @Sendable ([String]) -> Bool) async throws {
        state.withLock { $0.trap = isMet }
        try await until("the request that is to be held") { state.withLock { $0.trap == nil } }
    }

    /// Lets everything through again.
    func open() {
        let held = state.withLock { state in
            defer { state.held = [] }
            state.isOpen = true
            return state.held
        }
        for continuation in held { continuation.resume() }
    }

    /// Lets one held request through.
    func letOne() {
        let first = state.withLock { $0.held.isEmpty ? nil : $0.held.removeFirst() }
        first?.resume()
    }

    /// Returns when the log is as asked; throws when it is not for a minute.
    func wait(until isMet: @Sendable ([String]) -> Bool) async throws { try await until("the log") { isMet(log) } }

    private func until(_ what: String, _ isMet: () -> Bool) async throws {
        for _ in 0..<60_000 {
            if isMet() { return }
            try await Task.sleep(for: .milliseconds(1))
        }
        throw Overdue(description: "\(what) never came: \(log)")
    }

    func lastFrame(to unit: UInt8) -> MonotonicTime? { state.withLock { $0.lastFrame } }

    func answer(
        to request: ReadRequest, unit: UInt8, options: RequestOptions
    ) async throws(LinkError) -> Answer {
        let sent = SystemClock().now
        await pass("\(request)")
        let words = state.withLock { state in request.range.map { state.words[$0] ?? 0 } }
        return Answer(words: words, sent: sent, received: SystemClock().now)
    }

    func write(_ request: WriteRequest, unit: UInt8, options: RequestOptions) async throws(LinkError) {
        await pass("\(request)")
        state.withLock { state in
            for (offset, word) in request.words.enumerated() { state.words[Int(request.address) + offset] = word }
        }
    }

    func modify(
        _ address: UInt16, unit: UInt8, mask: UInt16, bits: UInt16, function: UInt8, options: RequestOptions
    ) async throws(LinkError) -> UInt16 { throw .exception(1) }

    /// Logs a request, and waits while the gate is closed.
    private func pass(_ text: String) async {
        await withCheckedContinuation { continuation in
            let isOpen = state.withLock { state in
                state.log.append(text)
                state.lastFrame = SystemClock().now
                if let trap = state.trap, trap(state.log) {
                    state.trap = nil
                    state.isOpen = false
                }
                if !state.isOpen { state.held.append(continuation) }
                return state.isOpen
            }
            if isOpen { continuation.resume() }
        }
    }
}

/// What was waited for did not come.
struct Overdue: Error, CustomStringConvertible { let description: String }
