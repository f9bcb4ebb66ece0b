extension DriverSession {
    /// Sends a line for the log; texts longer than 2000 characters are cut.
    package func log(_ level: LogLevel, _ text: String, device: String? = nil) {
        var members: [String: JSON] = ["level": .string(level.rawValue), "text": .string(String(text.prefix(2000)))]
        members["device"] = device.map(JSON.string)
        wire.send(.notification(method: "log", params: .object(members)))
    }

    /// Asks the host something and waits for the answer, or for the end of the session.
    func ask(_ method: String, _ params: JSON) async -> Result<JSON, RPCFailure> {
        await withCheckedContinuation { continuation in
            let id: Int? = state.withLock { state in
                guard !state.hasEnded else { return nil }
                state.lastID += 1
                state.asked[state.lastID] = continuation
                return state.lastID
            }
            let gone = RPCFailure(code: 10, message: "the host has closed its end")
            guard let id else {
                continuation.resume(returning: .failure(gone))
                return
            }
            if !wire.send(.request(id: .number(Exact(id)), method: method, params: params)) {
                state.withLock { $0.asked.removeValue(forKey: id) }?.resume(returning: .failure(gone))
            }
        }
    }
}

/// The store of a device, kept by the host.
struct HostStore: DriverStore {
    let session: DriverSession
    let device: String

    func value(_ key: String) async -> String? {
        let answer = await session.ask("store.get", ["device": .string(device), "key": .string(key)])
        return (try? answer.get())?["value"]?.string
    }

    func set(_ key: String, to value: String?) async throws(DriverError) {
        let params: JSON = [
            "device": .string(device), "key": .string(key), "value": value.map(JSON.string) ?? .null,
        ]
        if case .failure(let failure) = await session.ask("store.set", params) {
            throw .storage("\(key) could not be stored: \(failure.message)")
        }
    }
}
