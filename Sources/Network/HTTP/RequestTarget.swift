/// The target of a request line, taken apart (RFC 9112, 3.2; RFC 3986, 3.3 and 3.4).
///
/// What can be read in two ways is refused and not mended: dot segments, encoded slashes, backslashes, control characters.
struct RequestTarget: Hashable {
    let path: String
    let query: [HTTPQueryItem]
    /// The host of a target in absolute form, which replaces the `Host` field (RFC 9112, 3.2.2).
    let authority: String?

    init(_ target: ArraySlice<UInt8>) throws(Refusal) {
        guard target.allSatisfy({ $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "#") }) else {
            throw Refusal(.badRequest, "The request target has a character that must be percent-encoded.")
        }
        let (authority, origin) = try RequestTarget.split(target)
        self.authority = authority
        let parts = origin.split(separator: UInt8(ascii: "?"), maxSplits: 1, omittingEmptySubsequences: false)
        path = try RequestTarget.path(parts[0])
        query = try parts.count > 1 ? RequestTarget.query(parts[1]) : []
    }

    private static func split(_ target: ArraySlice<UInt8>) throws(Refusal) -> (String?, ArraySlice<UInt8>) {
        if target.first == UInt8(ascii: "/") { return (nil, target) }
        for scheme in ["http://", "https://"]
        where target.prefix(scheme.utf8.count).map(Text.lower) == Array(scheme.utf8) {
            let rest = target.dropFirst(scheme.utf8.count)
            let end = rest.firstIndex { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "?") } ?? rest.endIndex
            guard end > rest.startIndex else { break }
            let host = String(decoding: rest[..<end], as: UTF8.self)
            if end == rest.endIndex { return (host, [UInt8(ascii: "/")]) }
            if rest[end] == UInt8(ascii: "/") { return (host, rest[end...]) }
            return (host, [UInt8(ascii: "/")] + rest[end...])
        }
        throw Refusal(.badRequest, "The request target is no path.")
    }

    private static func path(_ raw: ArraySlice<UInt8>) throws(Refusal) -> String {
        var decoded: [UInt8] = []
        for segment in raw.split(separator: UInt8(ascii: "/"), omittingEmptySubsequences: false).dropFirst() {
            let bytes = try decode(segment, plusIsSpace: false)
            let isTwoFaced = bytes.contains { $0 == UInt8(ascii: "/") || $0 == UInt8(ascii: "\\") }
            guard !isTwoFaced, bytes != [0x2E], bytes != [0x2E, 0x2E] else {
                throw Refusal(.badRequest, "The path has a dot segment, an encoded slash or a backslash.")
            }
            decoded.append(UInt8(ascii: "/"))
            decoded += bytes
        }
        return try text(decoded)
    }

    private static func query(_ raw: ArraySlice<UInt8>) throws(Refusal) -> [HTTPQueryItem] {
        var items: [HTTPQueryItem] = []
        for part in raw.split(separator: UInt8(ascii: "&")) {
            let sides = part.split(separator: UInt8(ascii: "="), maxSplits: 1, omittingEmptySubsequences: false)
            let name = try text(decode(sides[0], plusIsSpace: true))
            let value = try sides.count > 1 ? text(decode(sides[1], plusIsSpace: true)) : ""
            items.append(HTTPQueryItem(name: name, value: value))
        }
        return items
    }

    private static func decode(_ raw: ArraySlice<UInt8>, plusIsSpace: Bool) throws(Refusal) -> [UInt8] {
        var bytes: [UInt8] = []
        var place = raw.startIndex
        while place < raw.endIndex {
            let byte = raw[place]
            if byte == UInt8(ascii: "%") {
                guard place + 2 < raw.endIndex, let high = Text.hexDigit(raw[place + 1]),
                    let low = Text.hexDigit(raw[place + 2])
                else {
                    throw Refusal(.badRequest, "A percent sign in the request target has no two hex digits after it.")
                }
                bytes.append(high << 4 | low)
                place += 3
            } else {
                bytes.append(plusIsSpace && byte == UInt8(ascii: "+") ? 0x20 : byte)
                place += 1
            }
        }
        guard plusIsSpace ? !bytes.contains(0) : bytes.allSatisfy({ $0 >= 0x20 && $0 != 0x7F }) else {
            throw Refusal(.badRequest, "The request target has an encoded control character.")
        }
        return bytes
    }

    private static func text(_ bytes: [UInt8]) throws(Refusal) -> String {
        guard let text = String(validating: bytes, as: UTF8.self) else {
            throw Refusal(.badRequest, "The request target is no UTF-8.")
        }
        return text
    }
}
