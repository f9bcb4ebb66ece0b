/// Which pages may open a WebSocket or send changing requests (RFC 6455, 10.2). A client that sends no `Origin` is no
/// browser and is let in.
public enum OriginRule: Hashable, Sendable {
    /// Pages from anywhere.
    case any
    /// Pages of the same host and port as the request's `Host`.
    case sameHost
    /// Pages of these origins, as browsers write them: `https://site.example:8443`.
    case only(Set<String>)
}
