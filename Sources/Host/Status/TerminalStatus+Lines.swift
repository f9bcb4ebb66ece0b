extension TerminalStatus {
    /// One line of text for every serial line, and for every endpoint that loses requests or cannot be reached.
    static func text(_ lines: [LineStatus]) -> [String] {
        lines.filter { $0.kind == "serial" || $0.errors.lost > 0 || $0.trouble != nil }.map { line in
            var text = left("line", 14) + line.line + "  \(number(line.load_percent)) % busy, \(line.requests) requests"
            let errors = [
                (line.errors.timeouts, "not answered"), (line.errors.garbled, "garbled"),
                (line.errors.broken, "broken"),
            ]
            for (count, what) in errors where count > 0 { text += ", \(count) \(what)" }
            return text + (line.trouble.map { "  \($0)" } ?? "")
        }
    }
}
