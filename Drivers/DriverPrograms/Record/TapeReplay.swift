import DriverAPI
import Foundation

/// Says to a driver what was said in a recorded conversation, and compares what it answers.
///
/// The answer to every question must be the same, whatever the age of its readings; every notification that came then must
/// come again, in any order and number, before the next question but one of its kind. Log lines are not compared.
final class TapeReplay {
    private let tape: Tape
    private let conversation: Conversation
    private let port: String?
    private let anyValues: Bool
    private var differences: [TapeDifference] = []
    private var told: [JSON] = []

    init(_ tape: Tape, _ conversation: Conversation, port: String?, anyValues: Bool) {
        self.tape = tape
        self.conversation = conversation
        self.port = port
        self.anyValues = anyValues
    }

    /// Runs it; what was otherwise, in the order of the file.
    func run() -> [TapeDifference] {
        let questions = Set(tape.lines.compactMap { $0.isQuestion ? Self.question($0.json) : nil })
        for (place, line) in tape.lines.enumerated() {
            if line.isQuestion { ask(line, place) } else { hear(line, place, questions) }
            if differences.count >= 100 { break }
        }
        _ = conversation.finish(within: .seconds(2))
        for fault in conversation.faults {
            differences.append(TapeDifference(line: nil, expected: "right messages only", found: fault))
        }
        return differences
    }

    /// The id of a question.
    private static func question(_ json: JSON?) -> JSON? { json?["method"] == nil ? nil : json?["id"] }

    private func ask(_ line: Tape.Line, _ place: Int) {
        // Answers to the driver's own questions are given anew, by what it stores now.
        if let json = line.json, json["jsonrpc"] != nil, json["method"] == nil { return }
        let text = line.text.replacing("{port}", with: port ?? "{port}")
        conversation.send(Array(text.utf8) + [0x0a])
    }

    private func hear(_ line: Tape.Line, _ place: Int, _ questions: Set<JSON>) {
        guard let expected = line.json else { return }
        if let method = expected["method"]?.string {
            // Its own questions come or do not, as its store is.
            if expected["id"] != nil || method == "log" { return }
            return awaitTelling(expected, place)
        }
        guard let id = expected["id"], questions.contains(id) else { return }
        let answer = conversation.next(within: .seconds(20)) { message in
            switch message {
            case .result(id, _), .failure(id, _): true
            default: false
            }
        }
        let found: JSON? =
            switch answer {
            case .result(_, let result): ["jsonrpc": "2.0", "id": id, "result": result]
            case .failure(_, let failure):
                [
                    "jsonrpc": "2.0", "id": id,
                    "error": ["code": .number(Exact(failure.code)), "message": .string(failure.message)],
                ]
            default: nil
            }
        guard let found else { return differ(place, expected, "no answer") }
        if !isSame(expected, found) { differ(place, expected, "\(masked(found))") }
    }

    private func awaitTelling(_ expected: JSON, _ place: Int) {
        if told.contains(where: { isSame(expected, $0) }) { return }
        let end = SystemClock().now.advanced(by: .seconds(10))
        var last: JSON?
        while SystemClock().now < end {
            let left = SystemClock().now.duration(to: end)
            let next = conversation.next(within: left) { if case .notification = $0 { true } else { false } }
            guard case .notification(let method, let params) = next else { break }
            let json: JSON = ["jsonrpc": "2.0", "method": .string(method), "params": params]
            if !told.contains(json) { told.append(json) }
            told = told.suffix(500)
            if isSame(expected, json) { return }
            if json["method"] == expected["method"] { last = json }
        }
        differ(place, expected, last.map { "\(masked($0))" } ?? "it is not told within 10 s")
    }

    private func differ(_ place: Int, _ expected: JSON, _ found: String) {
        differences.append(TapeDifference(line: place + 1, expected: "\(expected)", found: found))
    }

    private func masked(_ json: JSON) -> JSON { Self.masked(json, port) }

    /// The texts of a message with `{port}` in place of the port.
    static func masked(_ json: JSON, _ port: String?) -> JSON {
        guard let port else { return json }
        if let text = json.string { return .string(text.replacing(":\(port)", with: ":{port}")) }
        if let list = json.array { return .array(list.map { masked($0, port) }) }
        if let members = json.object { return .object(members.mapValues { masked($0, port) }) }
        return json
    }

    private func isSame(_ expected: JSON, _ found: JSON) -> Bool {
        Self.isSame(expected, masked(found), anyValues: anyValues)
    }

    /// Whether two messages say the same: ages are never compared, and values by their kind alone where `anyValues`.
    static func isSame(_ one: JSON, _ other: JSON, anyValues: Bool, of member: String = "") -> Bool {
        if member == "age" { return true }
        if let members = one.object, let others = other.object {
            let names = Set(members.keys).union(others.keys)
            return names.allSatisfy { name in
                isSame(members[name] ?? .null, others[name] ?? .null, anyValues: anyValues, of: name)
            }
        }
        if let list = one.array, let other = other.array {
            return list.count == other.count
                && zip(list, other).allSatisfy { isSame($0, $1, anyValues: anyValues, of: member) }
        }
        if anyValues, ["value", "text", "version"].contains(member) { return isAlike(one, other) }
        return one == other
    }

    private static func isAlike(_ one: JSON, _ other: JSON) -> Bool {
        switch (one, other) {
        case (.null, .null), (.bool, .bool), (.number, .number), (.string, .string): true
        default: false
        }
    }
}

/// Something that a driver said otherwise than in a recorded conversation.
public struct TapeDifference: Hashable, Sendable {
    /// The line of the conversation, the first is 1; nil for what is in none.
    public var line: Int?
    /// What was said then.
    public var expected: String
    /// What was said now.
    public var found: String
}
