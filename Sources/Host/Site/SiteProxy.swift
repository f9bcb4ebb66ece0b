import Modbus
import YAML

/// One entry of `proxies`: a TCP port behind which a serial line or another endpoint lies.
public struct SiteProxy: Hashable, Sendable {
    /// Where it listens.
    public var listen: ListenAddress
    /// What lies behind it, as written.
    public var target: String
    /// IP addresses that may connect; empty: all.
    public var allow: [String]
    /// Whether nothing may be written through it, to no unit at all.
    public var isReadOnly: Bool
    /// Where it stands in the file.
    public var mark: Mark

    /// Makes an entry.
    public init(
        listen: ListenAddress, target: String, allow: [String] = [], isReadOnly: Bool = false,
        mark: Mark = Mark(line: 1, column: 1)
    ) {
        self.listen = listen
        self.target = target
        self.allow = allow
        self.isReadOnly = isReadOnly
        self.mark = mark
    }
}
