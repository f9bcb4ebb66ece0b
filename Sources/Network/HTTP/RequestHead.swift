/// The request line and the header fields, checked strictly (RFC 9112, 2 to 6): what two readers could understand
/// differently is refused, since that is how requests are smuggled past a proxy.
struct RequestHead {
    let method: HTTPMethod
    let target: RequestTarget
    let headers: HTTPHeaders
    /// 0 or 1 of HTTP/1.x.
    let minorVersion: Int
    /// Host and port as the client named them, in lower case; nil only with HTTP/1.0.
    let authority: String?
    /// The length of the body.
    let contentLength: Int

    /// How many header fields are taken; more get 431.
    static let maximumFields = 100

    /// Reads a head without the empty line at its end.
    init(_ bytes: ArraySlice<UInt8>) throws(Refusal) {
        let lines = try RequestHead.lines(bytes)
        guard let first = lines.first else { throw Refusal(.badRequest, "The request line is missing.") }
        let parts = first.split(separator: 0x20, omittingEmptySubsequences: false)
        guard parts.count == 3, Text.isToken(parts[0]), !parts[1].isEmpty else {
            throw Refusal(.badRequest, "The request line is not: method, space, target, space, HTTP/1.1.")
        }
        minorVersion = try RequestHead.version(parts[2])
        guard let method = HTTPMethod(rawValue: String(decoding: parts[0], as: UTF8.self)) else {
            throw Refusal(.notImplemented, "The method is not known here.")
        }
        self.method = method
        target = try RequestTarget(parts[1])
        headers = try RequestHead.fields(lines.dropFirst())
        authority = try RequestHead.authority(headers, target, minorVersion)
        contentLength = try RequestHead.contentLength(headers)
    }

    /// Whether another request may follow on the connection (RFC 9112, 9.3).
    var keepsConnection: Bool {
        let options = headers.list("Connection").map(Text.lower)
        if options.contains("close") { return false }
        return minorVersion >= 1 || options.contains("keep-alive")
    }

    private static func lines(_ bytes: ArraySlice<UInt8>) throws(Refusal) -> [ArraySlice<UInt8>] {
        var lines: [ArraySlice<UInt8>] = []
        for line in bytes.split(separator: 0x0A, omittingEmptySubsequences: false) {
            let isLast = line.endIndex == bytes.endIndex
            guard isLast || line.last == 0x0D else { throw Refusal(.badRequest, "A line does not end with CR LF.") }
            let content = isLast ? line : line.dropLast()
            guard !content.contains(0x0D), !content.contains(0) else {
                throw Refusal(.badRequest, "The head has a bare CR or a NUL.")
            }
            lines.append(content)
        }
        return lines
    }

    private static func version(_ bytes: ArraySlice<UInt8>) throws(Refusal) -> Int {
        switch String(decoding: bytes, as: UTF8.self) {
        case "HTTP/1.1": return 1
        case "HTTP/1.0": return 0
        case let other where other.hasPrefix("HTTP/"):
            throw Refusal(.versionNotSupported, "Only HTTP/1.1 and HTTP/1.0 are spoken here.")
        default: throw Refusal(.badRequest, "The request line does not end with HTTP/1.1.")
        }
    }

    private static func fields(_ lines: ArraySlice<ArraySlice<UInt8>>) throws(Refusal) -> HTTPHeaders {
        guard lines.count <= maximumFields else {
            throw Refusal(.headerFieldsTooLarge, "There are more than \(maximumFields) header fields.")
        }
        var headers = HTTPHeaders()
        for line in lines {
            guard let colon = line.firstIndex(of: UInt8(ascii: ":")), Text.isToken(line[..<colon]) else {
                throw Refusal(.badRequest, "A header field is not: name, colon, value.")
            }
            let value = line[(colon + 1)...]
            guard Text.isFieldValue(value) else {
                throw Refusal(.badRequest, "A header field has a control character.")
            }
            headers.add(
                String(decoding: line[..<colon], as: UTF8.self), Text.trimmed(String(decoding: value, as: UTF8.self)))
        }
        return headers
    }

    private static func authority(
        _ headers: HTTPHeaders, _ target: RequestTarget, _ minorVersion: Int
    ) throws(Refusal) -> String? {
        let hosts = headers.values("Host")
        guard hosts.count == 1 || (hosts.isEmpty && minorVersion == 0) else {
            throw Refusal(.badRequest, "There must be exactly one Host field.")
        }
        return (target.authority ?? hosts.first).map(Text.lower)
    }

    private static func contentLength(_ headers: HTTPHeaders) throws(Refusal) -> Int {
        guard headers["Transfer-Encoding"] == nil else {
            throw Refusal(.lengthRequired, "Bodies are taken with Content-Length only, without Transfer-Encoding.")
        }
        let lengths = headers.values("Content-Length")
        guard let text = lengths.first else { return 0 }
        guard lengths.count == 1, !text.isEmpty, text.utf8.allSatisfy(Text.isDigit) else {
            throw Refusal(.badRequest, "Content-Length must be there once and be a whole number.")
        }
        return Int(text) ?? .max
    }
}
