import DriverAPI
import ReadPlanning
import Synchronization

/// Passes requests of any number of clients on to one bus, in its queue with everybody else's.
///
/// Each client's transaction ids are its own: the server keeps them apart. A read that somebody has just asked is not
/// asked again within ``ProxyRules/freshness``: all get the same answer.
///
/// What it says by exceptions (Modbus Application Protocol V1.1b3, 7): 1 where a function is not allowed here, which is a
/// write to a unit that may not be written, or an unknown function on a serial line, where the length of its answer is
/// not known; 3 for a request whose length is wrong; 6 while too many wait; 10 while there is no way to the device; 11 when
/// it does not answer, or answers nonsense. What the device itself refuses is passed on.
public final class ModbusProxy: DeferringModbusHandler {
    /// What was passed on so far.
    public struct Statistics: Hashable, Sendable {
        /// Requests of clients.
        public var requests = 0
        /// Reads that were answered with an answer somebody else had asked for.
        public var shared = 0
        /// Requests that were refused here.
        public var refused = 0
    }

    private struct State {
        var cache = ProxyCache()
        var tasks: [UInt64: Task<Void, Never>] = [:]
        var replies: [UInt64: @Sendable (ModbusReply) -> Void] = [:]
        var rules: ProxyRules
        var statistics = Statistics()
        var lastID: UInt64 = 0
    }

    private let bus: Bus
    private let state: Mutex<State>

    /// Makes a proxy to what `bus` is connected to.
    public init(to bus: Bus, rules: ProxyRules = ProxyRules()) {
        self.bus = bus
        state = Mutex(State(rules: rules))
    }

    /// Other rules hold from now on.
    public func follow(_ rules: ProxyRules) { state.withLock { $0.rules = rules } }

    /// What was passed on so far.
    public var statistics: Statistics { state.withLock { $0.statistics } }

    /// Answers one request from the cache, or passes it on.
    public func respond(
        unit: UInt8, pdu: [UInt8], at moment: MonotonicTime, reply: @escaping @Sendable (ModbusReply) -> Void
    ) -> ModbusAnswer {
        let function = pdu.first ?? 0
        do throws(ModbusException) {
            let request = try ProxyRequest(pdu: pdu)
            if case .read(let read) = request {
                return try ask(ProxyCache.Key(unit: unit, request: read), at: moment, reply)
            }
            return try pass(request, unit, pdu, reply)
        } catch {
            state.withLock { $0.statistics.refused += 1 }
            return .now(.pdu(error.pdu(for: function)))
        }
    }

    /// Answers a read from what is known, joins one that is under way, or asks.
    private func ask(
        _ key: ProxyCache.Key, at now: MonotonicTime, _ reply: @escaping @Sendable (ModbusReply) -> Void
    ) throws(ModbusException) -> ModbusAnswer {
        enum Way { case known([UInt8]), joined(UInt64), new(UInt64, Duration), full }
        let way: Way = state.withLock { state in
            state.statistics.requests += 1
            if let known = state.cache.answer(key, freshness: state.rules.freshness, at: now) {
                state.statistics.shared += 1
                return .known(known)
            }
            guard state.replies.count < state.rules.pending else { return .full }
            state.lastID += 1
            let id = state.lastID
            state.replies[id] = reply
            if state.cache.join(key, waiter: id) {
                state.statistics.shared += 1
                return .joined(id)
            }
            return .new(id, state.rules.timeout)
        }
        switch way {
        case .full: throw .deviceBusy
        case .known(let pdu): return .now(.pdu(pdu))
        case .joined(let id): return .later { [weak self] in self?.giveUp(id) }
        case .new(let id, let timeout):
            let options = RequestOptions(timeout: timeout)
            let task = Task(executorPreference: bus.executor) { [bus, weak self] in
                let answer: Result<[UInt8], LinkError>
                do throws(LinkError) {
                    let words = try await bus.answer(to: key.request, unit: key.unit, options: options).words
                    answer = .success(ServerRequest.read(key.request).answer(words))
                } catch {
                    answer = .failure(error)
                }
                self?.end(id, key.request.function, answer)
            }
            // It may have ended before it was noted.
            state.withLock { if $0.replies[id] != nil { $0.tasks[id] = task } }
            return .later { [weak self] in self?.giveUp(id) }
        }
    }

    /// A read ended: everybody who waits for it is answered.
    private func end(_ id: UInt64, _ function: UInt8, _ answer: Result<[UInt8], LinkError>) {
        let now = SystemClock().now
        let pdu = Self.pdu(answer, function: function)
        let replies = state.withLock { state in
            state.tasks[id] = nil
            let waiters = state.cache.end(id, answer: try? answer.get(), at: now)
            return waiters.compactMap { state.replies.removeValue(forKey: $0) }
        }
        for reply in replies { reply(.pdu(pdu)) }
    }

    /// A client went away: its read is taken back if nobody else waits for it.
    private func giveUp(_ id: UInt64) {
        let task: Task<Void, Never>? = state.withLock { state in
            guard state.replies.removeValue(forKey: id) != nil else { return nil }
            return state.cache.leave(id).flatMap { state.tasks.removeValue(forKey: $0) }
        }
        task?.cancel()
    }

    private func pass(
        _ request: ProxyRequest, _ unit: UInt8, _ pdu: [UInt8], _ reply: @escaping @Sendable (ModbusReply) -> Void
    ) throws(ModbusException) -> ModbusAnswer {
        let isWrite = request.isWrite
        let way: Result<(id: UInt64, timeout: Duration), ModbusException> = state.withLock { state in
            state.statistics.requests += 1
            if isWrite, state.rules.isReadOnly || state.rules.guarded.contains(unit) {
                return .failure(.illegalFunction)
            }
            guard state.replies.count < state.rules.pending else { return .failure(.deviceBusy) }
            state.lastID += 1
            state.replies[state.lastID] = reply
            if isWrite { state.cache.forget(unit: unit) }
            return .success((state.lastID, state.rules.timeout))
        }
        let (id, timeout) = try way.get()
        let task = Task(executorPreference: bus.executor) { [bus, weak self] in
            let answer = await Self.exchange(request, unit, pdu, bus, RequestOptions(timeout: timeout))
            self?.end(id, unit, isWrite, Self.pdu(answer, function: pdu.first ?? 0))
        }
        state.withLock { if $0.replies[id] != nil { $0.tasks[id] = task } }
        return .later { [weak self] in
            let task = self?.state.withLock { state in
                state.replies[id] = nil
                return state.tasks.removeValue(forKey: id)
            }
            task?.cancel()
        }
    }

    private func end(_ id: UInt64, _ unit: UInt8, _ isWrite: Bool, _ pdu: [UInt8]) {
        let reply = state.withLock { state in
            state.tasks[id] = nil
            // What was read while the write was under way may be from before it.
            if isWrite { state.cache.forget(unit: unit) }
            return state.replies.removeValue(forKey: id)
        }
        reply?(.pdu(pdu))
    }

    private static func exchange(
        _ request: ProxyRequest, _ unit: UInt8, _ pdu: [UInt8], _ bus: Bus, _ options: RequestOptions
    ) async -> Result<[UInt8], LinkError> {
        do throws(LinkError) {
            if case .write(let write) = request {
                try await bus.write(write, unit: unit, options: options)
                return .success(ServerRequest.write(write).answer())
            }
            return .success(try await bus.exchange(pdu: pdu, unit: unit, options: options))
        } catch {
            return .failure(error)
        }
    }

    private static func pdu(_ answer: Result<[UInt8], LinkError>, function: UInt8) -> [UInt8] {
        switch answer {
        case .success(let pdu): pdu
        case .failure(.exception(let code)): [function | 0x80, code]
        case .failure(.timeout), .failure(.garbled): ModbusException.gatewayTargetSilent.pdu(for: function)
        case .failure(.refused):
            // The line does not know the unit id, or the length of the function's answer.
            (1...127).contains(function) && ![1, 2, 3, 4, 5, 6, 15, 16, 17, 22, 23].contains(function)
                ? ModbusException.illegalFunction.pdu(for: function)
                : ModbusException.gatewayPathUnavailable.pdu(for: function)
        case .failure: ModbusException.gatewayPathUnavailable.pdu(for: function)
        }
    }
}
