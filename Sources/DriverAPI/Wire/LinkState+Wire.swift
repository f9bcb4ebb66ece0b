extension LinkState {
    private enum Word: String, CaseIterable { case connecting, online, silent, mismatch }

    /// Reads `{"state": "silent", "reason": "no answer from 192.168.1.7", "age": 12}`; `age` is in seconds before `now`.
    package init(_ fields: WireFields, now: MonotonicTime) throws(WireFault) {
        _ = try fields.needed("state", "connecting, online, silent or mismatch")
        let reason = try fields.text("reason") ?? ""
        switch try fields.word("state", Word.self) {
        case .online: self = .online
        case .silent:
            let age = min(try fields.seconds("age") ?? .zero, .seconds(86_400))
            self = .silent(since: now.advanced(by: .zero - age), reason: reason.isEmpty ? "it does not answer" : reason)
        case .mismatch: self = .mismatch(reason.isEmpty ? "a device of another make answers" : reason)
        case .connecting, nil: self = .connecting
        }
    }

    /// The members of the state on the wire.
    package func members(now: MonotonicTime) -> [String: JSON] {
        switch self {
        case .connecting: return ["state": "connecting"]
        case .online: return ["state": "online"]
        case .mismatch(let reason): return ["state": "mismatch", "reason": .string(reason)]
        case .silent(let since, let reason):
            let age = max(since.duration(to: now), .zero)
            return ["state": "silent", "reason": .string(reason), "age": .number(age.exactSeconds)]
        }
    }
}
