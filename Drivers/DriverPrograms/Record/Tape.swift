import DriverAPI

/// A conversation between host and driver, line by line, as it is kept in a file of JSON lines.
///
/// A line of the file is `{"at": 0.012, "to": {…}}` for a message to the driver, `from` for one of the driver, and `to_text`
/// or `from_text` for a line that is no JSON. `{port}` in a text stands for the port of the device that was played.
public struct Tape: Hashable, Sendable {
    /// One line of the conversation.
    public struct Line: Hashable, Sendable {
        /// Seconds since its begin.
        public var at: Exact
        /// Whether the host said it.
        public var isQuestion: Bool
        /// The line as it was, without its end.
        public var text: String

        /// What is said, where that is JSON.
        var json: JSON? { try? JSON(reading: Array(text.utf8)) }
    }

    /// The most lines that are kept.
    static let longest = 100_000

    /// The lines in their order.
    public var lines: [Line] = []

    /// An empty one.
    public init() {}

    /// Reads a file. Throws ``TapeFault`` with the number of the line that is wrong.
    public init(_ text: String) throws(TapeFault) {
        var number = 0
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            number += 1
            guard line.contains(where: { !$0.isWhitespace }) else { continue }
            lines.append(try Self.line(String(line), number))
        }
        if lines.isEmpty { throw TapeFault(line: 1, text: "there is no conversation in it") }
    }

    private static func line(_ text: String, _ number: Int) throws(TapeFault) -> Line {
        guard let json = try? JSON(reading: Array(text.utf8)), let at = json["at"]?.number else {
            throw TapeFault(line: number, text: "it must be {\"at\": 0.1, \"to\": {…}} or {\"at\": 0.1, \"from\": {…}}")
        }
        for (key, isQuestion) in [("to", true), ("from", false)] {
            if let said = json[key] { return Line(at: at, isQuestion: isQuestion, text: "\(said)") }
            if let said = json[key + "_text"]?.string { return Line(at: at, isQuestion: isQuestion, text: said) }
        }
        throw TapeFault(line: number, text: "it has neither to nor from")
    }

    /// Whether the driver told values in it.
    public var hasGoodReadings: Bool {
        lines.contains { line in
            let said = line.isQuestion ? nil : line.json
            let list = (said?["params"] ?? said?["result"])?["readings"]?.array ?? []
            return list.contains { $0["value"] != nil && $0["value"] != .null }
        }
    }

    /// The file's text.
    public var text: String {
        lines.map { line in
            let key = line.isQuestion ? "to" : "from"
            if let json = line.json { return "{\"at\":\(line.at),\"\(key)\":\(json)}\n" }
            return "{\"at\":\(line.at),\"\(key)_text\":\(JSON.string(line.text))}\n"
        }.joined()
    }
}

/// What is wrong with a file that is to be a conversation.
public struct TapeFault: Error, Hashable, Sendable, CustomStringConvertible {
    /// The number of the line, the first is 1.
    public var line: Int
    /// What is wrong with it.
    public var text: String

    /// Both.
    public var description: String { "line \(line): \(text)" }
}
