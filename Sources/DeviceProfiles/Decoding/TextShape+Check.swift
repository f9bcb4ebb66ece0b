extension TextShape {
    /// Words that no point, option, fact or variant may be called by: functions, keywords, qualities.
    static let reserved: Set<String> = Set(
        ["and", "or", "not", "in", "true", "false", "value", "command", "told"]
            + Expression.Function.allCases.map(\.rawValue)
            + ["good", "suspect", "stale", "no-data", "missing", "offline", "absent"])

    /// Whether `text` has this shape.
    func matches(_ text: String) -> Bool {
        switch self {
        case .any: !text.isEmpty
        case .profileID: Self.isProfileID(text)
        case .version: Self.parts(text).map { $0.count == 3 } ?? false
        case .license: !text.isEmpty && text.utf8.allSatisfy { Self.isWord($0) || " .+()".utf8.contains($0) }
        case .name: Self.isName(text[...]) && !Self.reserved.contains(text)
        case .point: Self.isPoint(text)
        case .member: Self.isMember(text)
        case .need: Self.needs.contains(text) || text.hasPrefix("plugin:") && text.utf8.count > 7
        case .language: text.utf8.count == 2 && text.utf8.allSatisfy(Self.isLower)
        case .span: (try? ValueText.integers(text)) != nil
        case .range: ValueText.sides(text) != nil
        case .counterDrop: text == "accept" || Self.confirmations(text) != nil
        case .poll:
            Self.polls.contains(text) || text.hasPrefix("on-change ") && Self.isPoint(String(text.dropFirst(10)))
        case .bus: BusText.line(text) != nil
        case .writeFrame: FrameText.isWriteFrame(text)
        case .planRequest: FrameText.planRequest(text) != nil
        }
    }

    static let needs: Set<String> = ["ascii", "sunspec", "units", "modes", "recover", "mask-write", "register-bits"]
    private static let polls: Set<String> = ["fast", "normal", "slow", "static", "on-demand"]

    /// The parts of `1.2.3`; nil for anything else.
    static func parts(_ text: String) -> [Int]? {
        var parts: [Int] = []
        for part in text.split(separator: ".", omittingEmptySubsequences: false) {
            guard let number = try? ValueText.integer(String(part), in: 0...999_999), !part.hasPrefix("0x") else {
                return nil
            }
            parts.append(number)
        }
        return parts
    }

    /// N of `confirm N`.
    static func confirmations(_ text: String) -> Int? {
        text.hasPrefix("confirm ") ? try? ValueText.integer(String(text.dropFirst(8)), in: 1...1000) : nil
    }

    private static func isProfileID(_ text: String) -> Bool {
        let parts = text.utf8.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count == 2
            && parts.allSatisfy {
                !$0.isEmpty && $0.allSatisfy { isLower($0) || isDigit($0) || $0 == UInt8(ascii: "-") }
            }
    }

    private static func isName(_ text: Substring) -> Bool {
        guard let first = text.utf8.first, isLower(first) else { return false }
        return text.utf8.allSatisfy(isNamePart)
    }

    private static func isPoint(_ text: String) -> Bool {
        guard !reserved.contains(text) else { return false }
        let stem = text.hasSuffix(".*") ? text.dropLast(2) : text[...]
        guard stem.utf8.contains(UInt8(ascii: ".")) else { return isName(stem) }
        let parts = stem.split(separator: ".", omittingEmptySubsequences: false)
        guard let first = parts.first, isName(first) else { return false }
        return parts.dropFirst().allSatisfy { !$0.isEmpty && $0.utf8.allSatisfy(isNamePart) }
    }

    private static func isMember(_ text: String) -> Bool {
        guard let first = text.utf8.first, isLetter(first) || isDigit(first) else { return false }
        return text.utf8.allSatisfy(isWord)
    }

    private static func isNamePart(_ byte: UInt8) -> Bool {
        isLower(byte) || isDigit(byte) || byte == UInt8(ascii: "_")
    }
    private static func isWord(_ byte: UInt8) -> Bool {
        isLetter(byte) || isDigit(byte) || byte == UInt8(ascii: "_") || byte == UInt8(ascii: "-")
    }
    private static func isLetter(_ byte: UInt8) -> Bool { isLower(byte | 0x20) }
    private static func isLower(_ byte: UInt8) -> Bool { (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) }
    private static func isDigit(_ byte: UInt8) -> Bool { (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte) }
}
