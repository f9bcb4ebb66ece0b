/// A request method (RFC 9110, 9; RFC 5789 for PATCH).
public enum HTTPMethod: String, Hashable, Sendable, CaseIterable {
    case get = "GET"
    case head = "HEAD"
    case post = "POST"
    case put = "PUT"
    case patch = "PATCH"
    case delete = "DELETE"
    case options = "OPTIONS"

    /// Whether it changes nothing (RFC 9110, 9.2.1).
    public var isSafe: Bool { self == .get || self == .head || self == .options }
}
