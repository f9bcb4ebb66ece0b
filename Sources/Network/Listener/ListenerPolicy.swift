/// What a listener lets in and for how long.
public struct ListenerPolicy: Hashable, Sendable {
    /// Which hosts requests may name; others get 421.
    public var hosts: HostRule = .own()
    /// Which pages may open WebSockets or change things; others get 403.
    public var origins: OriginRule = .sameHost
    /// Which methods are taken; others get 405.
    public var methods: Set<HTTPMethod> = Set(HTTPMethod.allCases)
    /// How many connections at once. At the limit the oldest idle one gives way; when none is idle, the new one gets 503.
    public var maximumConnections = 256
    /// How many of them from one address.
    public var maximumConnectionsPerPeer = 256
    /// The longest request line and header fields together, in bytes; more gets 431, a request line alone 414.
    public var maximumHead = 16 << 10
    /// The longest body in bytes; more gets 413.
    public var maximumBody = 1 << 20
    /// How long a request's head may take from its first byte on, or from the connection on for the first.
    public var headTimeout: Duration = .seconds(10)
    /// How long a request's body may take.
    public var bodyTimeout: Duration = .seconds(30)
    /// How long a connection may wait for its next request.
    public var idleTimeout: Duration = .seconds(60)
    /// How long the client may take nothing of what it is sent.
    public var writeTimeout: Duration = .seconds(30)
    /// Fields that every response gets unless its handler set them.
    public var headers: HTTPHeaders = .security()

    /// The policy of a page and an interface: all methods, own hosts and origins.
    public init() {}

    /// The policy of a listener for boxes: they name it as they like, only ask for WebSockets, and no page of a browser
    /// may do the same.
    public static var boxes: ListenerPolicy {
        var policy = ListenerPolicy()
        policy.hosts = .any
        policy.origins = .only([])
        policy.methods = [.get]
        policy.headers = [:]
        return policy
    }

    /// GET and HEAD only.
    public static var readOnly: ListenerPolicy {
        var policy = ListenerPolicy()
        policy.methods = [.get, .head]
        return policy
    }
}
