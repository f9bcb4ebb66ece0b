/// Host and port as in `Host` and `Origin`, in lower case; the port only when it is written.
struct Authority: Hashable {
    let host: String
    let port: UInt16?

    /// Nil when it is none; IPv6 addresses stand in brackets and lose them here.
    init?(_ text: some StringProtocol) {
        let text = Text.lower(String(text))
        var rest = text[...]
        if text.hasPrefix("[") {
            guard let end = text.firstIndex(of: "]") else { return nil }
            host = String(text[text.index(after: text.startIndex)..<end])
            rest = text[text.index(after: end)...]
        } else {
            let end = text.firstIndex(of: ":") ?? text.endIndex
            host = String(text[..<end])
            rest = text[end...]
        }
        guard !host.isEmpty, !host.utf8.contains(where: { "/@?# ,".utf8.contains($0) }) else { return nil }
        if rest.isEmpty {
            port = nil
        } else {
            guard rest.first == ":", rest.dropFirst().utf8.allSatisfy(Text.isDigit),
                let number = UInt16(rest.dropFirst())
            else { return nil }
            port = number
        }
    }
}
