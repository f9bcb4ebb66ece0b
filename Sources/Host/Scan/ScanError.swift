/// Why a scan cannot begin, or nothing can come of it.
public enum ScanError: Error, Hashable, Sendable {
    /// Neither a host, a host with its port, nor a network.
    case target(String, why: String)
    /// A network of more addresses than may be asked: how many bits are fixed.
    case tooLarge(String, prefix: Int)
    /// Unit ids that are none.
    case units(String, why: String)
    /// The line cannot be opened, or is none.
    case line(String)
    /// The running host serves this line as a slave: its master is the one who may ask there.
    case slaveLine(String)
    /// The library has no profile that a device could be recognised by.
    case noProfiles
    /// The running host gave an answer that cannot be read.
    case host(String)
}

extension ScanError: CustomStringConvertible {
    /// What happened and what to do.
    public var description: String {
        switch self {
        case .target(let text, let why):
            "“\(text)” cannot be scanned: \(why); write 192.168.2.40, 192.168.2.40:4701 or 192.168.2.0/24"
        case .tooLarge(let text, let prefix):
            "\(text) has \(1 << (32 - prefix)) addresses, and a scan asks 4096 at most (/20); "
                + "name the network that the devices are in, such as 192.168.2.0/24"
        case .units(let text, let why): "“\(text)” are no unit ids: \(why); write 1-32 or 1,5,20-25"
        case .line(let why): why
        case .slaveLine(let line):
            "the running host is a slave on \(line), where its master asks; stop the host, or scan from the master"
        case .noProfiles:
            "the library has no profile with an identify section; set CHARGEHOST_PROFILES to the folder of the profiles"
        case .host(let why): why
        }
    }
}
