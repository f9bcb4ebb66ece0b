import Foundation

/// One request of the host's interface, whatever carried it.
public struct ControlRequest: Sendable, Hashable {
    /// GET or POST.
    public var method: String
    /// The path, without query.
    public var path: String
    /// The query's names and values.
    public var query: [String: String]
    /// The body.
    public var body: [UInt8]

    /// Makes a request.
    public init(method: String, path: String, query: [String: String] = [:], body: [UInt8] = []) {
        self.method = method
        self.path = path
        self.query = query
        self.body = body
    }

    /// The parts of the path.
    public var parts: [String] { path.split(separator: "/").map(String.init) }
}

/// One answer of the host's interface.
public struct ControlResponse: Sendable, Hashable {
    /// The HTTP status.
    public var status: Int
    /// The media type.
    public var type: String
    /// The body.
    public var body: [UInt8]
    /// Further fields of the head, by name.
    public var headers: [String: String]

    /// Makes an answer.
    public init(
        status: Int = 200, type: String = "application/json", body: [UInt8] = [], headers: [String: String] = [:]
    ) {
        self.status = status
        self.type = type
        self.body = body
        self.headers = headers
    }

    /// An answer that carries `value` as JSON.
    public static func json(_ value: some Encodable, status: Int = 200) -> ControlResponse {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        guard let body = try? encoder.encode(value) else {
            return .problem(500, "encoding", "the answer cannot be encoded")
        }
        return ControlResponse(status: status, body: Array(body))
    }

    /// An error as RFC 9457 problem details, with a code for programs.
    public static func problem(_ status: Int, _ code: String, _ detail: String) -> ControlResponse {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        let problem = Problem(code: code, detail: detail, status: status, title: reason(status))
        return ControlResponse(
            status: status, type: "application/problem+json", body: Array((try? encoder.encode(problem)) ?? Data()))
    }

    private struct Problem: Encodable {
        var code: String
        var detail: String
        var status: Int
        var title: String
    }

    static func reason(_ status: Int) -> String {
        switch status {
        case 200: "OK"
        case 400: "Bad Request"
        case 403: "Forbidden"
        case 404: "Not Found"
        case 405: "Method Not Allowed"
        case 409: "Conflict"
        case 413: "Content Too Large"
        case 422: "Unprocessable Content"
        case 426: "Upgrade Required"
        case 502: "Bad Gateway"
        case 503: "Service Unavailable"
        case 504: "Gateway Timeout"
        default: "Internal Server Error"
        }
    }
}
