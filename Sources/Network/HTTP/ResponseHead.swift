/// Writes the status line and the header fields of a response.
enum ResponseHead {
    /// Fields that only the server may write; a handler's are left out.
    private static let reserved: Set<String> = [
        "connection", "content-length", "date", "keep-alive", "sec-websocket-accept", "sec-websocket-extensions",
        "sec-websocket-protocol", "trailer", "transfer-encoding", "upgrade",
    ]

    /// The head up to and with the empty line, or why the response must not be sent.
    ///
    /// `framing` are the fields of the server itself, which it has made of what was checked before.
    static func encode(
        _ status: HTTPStatus, _ headers: HTTPHeaders, defaults: HTTPHeaders, framing: HTTPHeaders, date: String
    ) -> Result<[UInt8], Unsendable> {
        var text = "HTTP/1.1 \(status.code) \(status.phrase)\r\n"
        for field in headers where !reserved.contains(Text.lower(field.name)) {
            guard Text.isToken(field.name.utf8) else { return .failure(Unsendable(field: field.name, isName: true)) }
            guard Text.isFieldValue(field.value.utf8) else {
                return .failure(Unsendable(field: field.name, isName: false))
            }
            text += "\(field.name): \(field.value)\r\n"
        }
        for field in defaults where headers[field.name] == nil && !reserved.contains(Text.lower(field.name)) {
            guard Text.isToken(field.name.utf8), Text.isFieldValue(field.value.utf8) else { continue }
            text += "\(field.name): \(field.value)\r\n"
        }
        for field in framing { text += "\(field.name): \(field.value)\r\n" }
        return .success(Array((text + "Date: \(date)\r\n\r\n").utf8))
    }

    /// A header field that would break the response in two.
    struct Unsendable: Error, CustomStringConvertible {
        let field: String
        let isName: Bool

        var description: String {
            let shown = String(field.unicodeScalars.map { $0.value < 0x20 || $0.value == 0x7F ? "?" : Character($0) })
            return isName
                ? "the header name \"\(shown)\" is no token" : "the value of \(shown) has a control character"
        }
    }
}
