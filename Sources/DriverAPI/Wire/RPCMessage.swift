/// One message of JSON-RPC 2.0 (jsonrpc.org/specification): one line, no batches.
package enum RPCMessage: Hashable, Sendable {
    /// A question; the answer carries the same id.
    case request(id: JSON, method: String, params: JSON)
    /// Something told, never answered.
    case notification(method: String, params: JSON)
    /// The answer to a question.
    case result(id: JSON, JSON)
    /// The answer to a question that could not be carried out; the id is null where the question could not be read.
    case failure(id: JSON, RPCFailure)

    /// Reads a line without its line feed.
    package init(line: some Sequence<UInt8>) throws(WireFault) {
        let json: JSON
        do throws(JSON.Fault) {
            json = try JSON(reading: line)
        } catch {
            throw .notJSON(error)
        }
        guard let members = json.object else { throw .notRPC(found: json.kind) }
        guard members["jsonrpc"] == "2.0" else { throw .version(found: members["jsonrpc"]?.kind ?? "nothing") }
        let id = members["id"]
        switch id {
        case nil, .null, .number, .string: break
        case .some(let other): throw .badID(found: other.kind)
        }
        if let method = members["method"] {
            guard let name = method.string else {
                throw .wrong("\"method\"", expected: "a text", found: method.kind)
            }
            let params = members["params"] ?? [:]
            self =
                id.map { .request(id: $0, method: name, params: params) } ?? .notification(method: name, params: params)
        } else if let error = members["error"] {
            self = .failure(id: id ?? .null, try RPCFailure(error))
        } else if let result = members["result"], let id {
            self = .result(id: id, result)
        } else {
            throw .noMeaning
        }
    }

    /// The line, with its line feed.
    package var line: [UInt8] {
        var members: [String: JSON] = ["jsonrpc": "2.0"]
        switch self {
        case .request(let id, let method, let params):
            members["id"] = id
            members["method"] = .string(method)
            members["params"] = params
        case .notification(let method, let params):
            members["method"] = .string(method)
            members["params"] = params
        case .result(let id, let result):
            members["id"] = id
            members["result"] = result
        case .failure(let id, let failure):
            members["id"] = id
            members["error"] = failure.json
        }
        return JSON.object(members).bytes + [0x0a]
    }
}
