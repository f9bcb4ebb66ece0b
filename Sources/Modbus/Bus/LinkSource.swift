/// Where a driver gets its links from: the buses of this process, or those of a host that runs beside it.
public protocol LinkSource: Sendable {
    /// The link to an endpoint, and what gives it back; throws when the line is in use with other parameters.
    func link(to endpoint: Endpoint) throws(EndpointClash) -> OpenLink
}

/// A link that was lent.
public struct OpenLink: Sendable {
    /// The link.
    public var link: any RegisterLink
    /// Gives it back; to be called once.
    public var release: @Sendable () -> Void

    /// Makes one.
    public init(_ link: any RegisterLink, release: @escaping @Sendable () -> Void) {
        self.link = link
        self.release = release
    }
}

extension BusPool: LinkSource {
    /// The bus of the endpoint.
    public func link(to endpoint: Endpoint) throws(EndpointClash) -> OpenLink {
        let bus = try bus(for: endpoint)
        return OpenLink(bus) { self.release(bus) }
    }
}
