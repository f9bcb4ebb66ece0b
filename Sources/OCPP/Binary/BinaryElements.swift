/// The elements of a frame's array, read into a message.
struct BinaryElements {
    private static let actions = Action.allCases.map(\.rawValue)
    private static let codes = ErrorCode.allCases.map(\.rawValue)

    let elements: [CBORValue]

    func message(_ actionOfCall: (String) -> Action?) throws(FrameProblem) -> BinaryMessage {
        switch elements.first {
        case .unsigned(0)?: return try greeting()
        case .unsigned(let type)? where (2...4).contains(type): return .frame(try frame(Int(type), actionOfCall))
        case .unsigned(8)? where elements.count == 1: return .ping
        case .unsigned(9)? where elements.count == 1: return .pong
        default: throw .unknownMessageType(found: elements.first?.kind ?? "nothing")
        }
    }

    private func greeting() throws(FrameProblem) -> BinaryMessage {
        switch (elements.count, elements.dropFirst().first) {
        case (4, .text(let id)?):
            guard case .text(let version) = elements[2] else { break }
            switch elements[3] {
            case .null: return .hello(BinaryHello(chargePointId: id, version: version))
            case .bytes(let mac): return .hello(BinaryHello(chargePointId: id, version: version, mac: mac))
            default: break
            }
        case (4, .bool(true)?):
            guard let now = elements[2].moment, let interval = elements[3].integer, interval >= 0 else { break }
            return .welcome(now: now, heartbeatInterval: interval)
        case (3, .bool(false)?):
            guard case .text(let reason) = elements[2] else { break }
            return .refusal(reason: reason)
        default: break
        }
        throw .unreadable("no hello and no answer to one")
    }

    private func frame(_ type: Int, _ actionOfCall: (String) -> Action?) throws(FrameProblem) -> Frame {
        guard elements.count > 1, case .unsigned(let number) = elements[1] else {
            throw .badId(found: elements.count > 1 ? elements[1].kind : "nothing")
        }
        let id = String(number)
        var rest = elements.dropFirst(2).map { $0 }
        var action = type == 3 ? actionOfCall(id) : nil
        if type == 2, let asked = rest.first {
            action = asked.name(BinaryElements.actions).flatMap { Action(rawValue: $0) }
        }
        var values: [JSONValue] = []
        if type != 3, !rest.isEmpty {
            let names = type == 2 ? BinaryElements.actions : BinaryElements.codes
            let first = rest.removeFirst()
            if let name = first.name(names) {
                values.append(.string(name))
            } else {
                values.append(try JSONValue(first, nil))
            }
        }
        for value in rest {
            if case .map(let entries) = value {
                values.append(.object(try JSONObject(entries, type == 2 ? action?.requestRule : action?.responseRule)))
            } else {
                values.append(try JSONValue(value, nil))
            }
        }
        return try MessageElements(type: type, id: id, rest: values[...]).frame()
    }
}

extension CBORValue {
    /// The text, or the name with this number; `#` and the number if there is none.
    fileprivate func name(_ names: [String]) -> String? {
        switch self {
        case .text(let text): text
        case .unsigned(let number): number < UInt64(names.count) ? names[Int(number)] : "#\(number)"
        default: nil
        }
    }
}
