/// What follows the type and the id in a message; the same in both framings.
struct MessageElements {
    let type: Int
    let id: String
    let rest: ArraySlice<JSONValue>

    func frame() throws(FrameProblem) -> Frame {
        switch type {
        case 2:
            guard rest.count == 2 else { throw wrongLength }
            return .call(id: id, action: try text(0, "action"), payload: try object(1, "payload"))
        case 3:
            guard rest.count == 1 else { throw wrongLength }
            return .result(id: id, payload: try object(0, "payload"))
        default:
            // Peers leave the description or the details out; the code is what counts.
            guard (1...3).contains(rest.count) else { throw wrongLength }
            return .error(
                id: id,
                CallError(
                    sentCode: try text(0, "error code"), rest.count > 1 ? try text(1, "description") : "",
                    details: rest.count > 2 ? try object(2, "details") : [:]))
        }
    }

    private var wrongLength: FrameProblem { .wrongLength(elements: rest.count + 2, type: type, id: id) }

    private func text(_ place: Int, _ name: String) throws(FrameProblem) -> String {
        guard case .string(let text) = rest[rest.startIndex + place] else { throw wrong(place, name) }
        return text
    }

    private func object(_ place: Int, _ name: String) throws(FrameProblem) -> JSONObject {
        switch rest[rest.startIndex + place] {
        case .object(let object): return object
        case .null: return [:]
        default: throw wrong(place, name)
        }
    }

    private func wrong(_ place: Int, _ name: String) -> FrameProblem {
        .wrongElement(name: name, found: FrameProblem.shown(rest[rest.startIndex + place]), type: type, id: id)
    }
}
