/// Which `Host` a request may name. A page of a foreign name that was pointed at this machine's address (DNS rebinding)
/// names its own host, and gets 421.
public enum HostRule: Hashable, Sendable {
    /// Every host. Only for listeners that need no protection from browsers.
    case any
    /// The address the connection came in on, `localhost` when the client is on this machine, and these names.
    ///
    /// A name without a port means the port of the listener; behind a proxy write the port clients see, as in
    /// `site.example:443`. A client that leaves the port out means 80.
    case own(names: Set<String> = [])
    /// Only these, written as for `own`.
    case only(Set<String>)
}
