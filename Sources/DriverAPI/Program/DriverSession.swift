import Synchronization

#if canImport(Glibc)
    import Glibc
#endif

/// The driver's side of the conversation with the host: questions are answered, reports passed on.
package final class DriverSession: Sendable {
    /// The version of the protocol.
    package static let api = 1
    /// The most questions of the host that are worked on at a time.
    static let mostRequests = 64

    struct State {
        var devices: [String: OpenDevice] = [:]
        /// What the open devices last said of themselves.
        var identities: [String: [String: String]] = [:]
        /// The questions that are worked on; no task yet for one that was not yet begun.
        var work: [JSON: Task<Void, Never>?] = [:]
        var asked: [Int: CheckedContinuation<Result<JSON, RPCFailure>, Never>] = [:]
        var lastID = 0
        var hasEnded = false
    }

    struct OpenDevice {
        var device: any Device
        var pump: Task<Void, Never>
    }

    let program: any DriverProgram
    let wire: DriverWire
    let clock: any SiteClock
    let state = Mutex(State())

    /// A session of a driver on a wire.
    package init(_ program: any DriverProgram, wire: DriverWire, clock: any SiteClock = SystemClock()) {
        self.program = program
        self.wire = wire
        self.clock = clock
    }

    /// Serves until the host closes its end; devices that are still open then are left as they are.
    package func run() async {
        let (lines, continuation) = AsyncStream.makeStream(of: [UInt8].self)
        guard wire.startReading({ continuation.yield(Array($0)) }, end: { continuation.finish() }) else {
            log(.error, "no thread can be started to read what the host says")
            return
        }
        for await line in lines { take(line) }
        await end()
    }

    private func take(_ line: [UInt8]) {
        let message: RPCMessage
        do throws(WireFault) {
            message = try RPCMessage(line: line)
        } catch {
            let failure: RPCFailure
            if case .notJSON = error { failure = .unreadable("\(error)") } else { failure = .invalid("\(error)") }
            wire.send(.failure(id: .null, failure))
            return
        }
        switch message {
        case .request(let id, let method, let params): begin(id, method, params)
        case .notification(let method, let params): told(method, params)
        case .result(let id, let value): answer(id, .success(value))
        case .failure(let id, let failure): answer(id, .failure(failure))
        }
    }

    /// Starts to work on a question; what the driver does until it first waits is done in the order of the questions.
    private func begin(_ id: JSON, _ method: String, _ params: JSON) {
        let refusal: RPCFailure? = state.withLock { state in
            if state.work[id] != nil { return .invalid("the id \(id) is in use") }
            if state.work.count >= Self.mostRequests {
                return RPCFailure(code: -32000, message: "\(state.work.count) requests are being worked on")
            }
            state.work[id] = .some(nil)
            return nil
        }
        if let refusal {
            wire.send(.failure(id: id, refusal))
            return
        }
        let task = Task.immediate { [self] in
            let reply: RPCMessage
            do throws(RPCFailure) {
                reply = .result(id: id, try await result(method, params))
            } catch {
                reply = .failure(id: id, Task.isCancelled ? .cancelled : error)
            }
            // Before the answer, so that the host may use the id again once it has it.
            state.withLock { _ = $0.work.removeValue(forKey: id) }
            wire.send(reply)
        }
        // A task that ended before it first waited has no place any more.
        state.withLock { if $0.work[id] != nil { $0.work[id] = task } }
    }

    private func told(_ method: String, _ params: JSON) {
        guard method == "cancel", let id = params["id"] else { return }
        (state.withLock { $0.work[id] } ?? nil)?.cancel()
    }

    private func answer(_ id: JSON, _ result: Result<JSON, RPCFailure>) {
        guard let number = id.number?.asInt else { return }
        state.withLock { $0.asked.removeValue(forKey: number) }?.resume(returning: result)
    }

    private func end() async {
        let (devices, asked, work) = state.withLock { state in
            state.hasEnded = true
            defer {
                state.devices = [:]
                state.asked = [:]
            }
            return (Array(state.devices.values), Array(state.asked.values), state.work.values.compactMap(\.self))
        }
        let gone = RPCFailure(code: 10, message: "the host has closed its end")
        for continuation in asked { continuation.resume(returning: .failure(gone)) }
        for task in work { task.cancel() }
        for open in devices { await open.device.close(.leave) }
    }
}
