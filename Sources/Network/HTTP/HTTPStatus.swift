/// A status code and its phrase (RFC 9110, 15).
public struct HTTPStatus: Hashable, Sendable, CustomStringConvertible {
    /// 200 to 599; others are sent as 500.
    public let code: Int

    /// Makes a status.
    public init(_ code: Int) { self.code = code }

    /// The connection becomes a WebSocket.
    public static let switchingProtocols = HTTPStatus(101)
    /// Done.
    public static let ok = HTTPStatus(200)
    /// Something was made.
    public static let created = HTTPStatus(201)
    /// Taken, and done later.
    public static let accepted = HTTPStatus(202)
    /// Done, with nothing to say.
    public static let noContent = HTTPStatus(204)
    /// It is elsewhere for good (`Location`).
    public static let movedPermanently = HTTPStatus(301)
    /// It is elsewhere for now (`Location`).
    public static let found = HTTPStatus(302)
    /// The answer is elsewhere; GET it there (`Location`).
    public static let seeOther = HTTPStatus(303)
    /// The client has it already.
    public static let notModified = HTTPStatus(304)
    /// The request cannot be understood.
    public static let badRequest = HTTPStatus(400)
    /// Who asks must say who they are (`WWW-Authenticate`).
    public static let unauthorized = HTTPStatus(401)
    /// Who asks may not.
    public static let forbidden = HTTPStatus(403)
    /// Nothing is there.
    public static let notFound = HTTPStatus(404)
    /// Not by this method (`Allow`).
    public static let methodNotAllowed = HTTPStatus(405)
    /// The request did not come in time.
    public static let requestTimeout = HTTPStatus(408)
    /// It contradicts how things are.
    public static let conflict = HTTPStatus(409)
    /// A body needs `Content-Length`.
    public static let lengthRequired = HTTPStatus(411)
    /// It is not as the client supposed.
    public static let preconditionFailed = HTTPStatus(412)
    /// The body is longer than is taken.
    public static let contentTooLarge = HTTPStatus(413)
    /// The request line is longer than is taken.
    public static let uriTooLong = HTTPStatus(414)
    /// Not in this format.
    public static let unsupportedMediaType = HTTPStatus(415)
    /// What `Expect` asks for is not done here.
    public static let expectationFailed = HTTPStatus(417)
    /// This server does not answer for that host.
    public static let misdirectedRequest = HTTPStatus(421)
    /// Understood, but the content is wrong.
    public static let unprocessableContent = HTTPStatus(422)
    /// Only by another protocol (`Upgrade`).
    public static let upgradeRequired = HTTPStatus(426)
    /// Asked too often (`Retry-After`).
    public static let tooManyRequests = HTTPStatus(429)
    /// The header fields are longer than is taken.
    public static let headerFieldsTooLarge = HTTPStatus(431)
    /// A fault of the server.
    public static let internalServerError = HTTPStatus(500)
    /// The server cannot do that at all.
    public static let notImplemented = HTTPStatus(501)
    /// What stands behind the server answered wrongly.
    public static let badGateway = HTTPStatus(502)
    /// Not now (`Retry-After`).
    public static let serviceUnavailable = HTTPStatus(503)
    /// What stands behind the server did not answer.
    public static let gatewayTimeout = HTTPStatus(504)
    /// Not in this version of HTTP.
    public static let versionNotSupported = HTTPStatus(505)

    /// The phrase of the standard; "Status" for a code it does not have.
    public var phrase: String { HTTPStatus.phrases[code] ?? "Status" }

    /// `404 Not Found`.
    public var description: String { "\(code) \(phrase)" }

    private static let phrases: [Int: String] = [
        101: "Switching Protocols", 200: "OK", 201: "Created", 202: "Accepted", 204: "No Content",
        301: "Moved Permanently", 302: "Found", 303: "See Other", 304: "Not Modified", 307: "Temporary Redirect",
        308: "Permanent Redirect", 400: "Bad Request", 401: "Unauthorized", 403: "Forbidden", 404: "Not Found",
        405: "Method Not Allowed", 406: "Not Acceptable", 408: "Request Timeout", 409: "Conflict", 410: "Gone",
        411: "Length Required", 412: "Precondition Failed", 413: "Content Too Large", 414: "URI Too Long",
        415: "Unsupported Media Type", 417: "Expectation Failed", 421: "Misdirected Request",
        422: "Unprocessable Content", 426: "Upgrade Required", 428: "Precondition Required", 429: "Too Many Requests",
        431: "Request Header Fields Too Large", 500: "Internal Server Error", 501: "Not Implemented",
        502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Timeout", 505: "HTTP Version Not Supported",
    ]
}
