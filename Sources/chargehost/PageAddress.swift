import Host
import Network

/// Where the page is: the option `--http` and the line that tells people.
enum PageAddress {
    /// What `--http` says; nil when it was not given. Throws ``UsageError`` for what is no address.
    static func plan(_ arguments: Arguments, names: Set<String> = []) throws -> HTTPPlan? {
        guard let text = arguments.value("http") else { return nil }
        if text == "off" { return HTTPPlan(listen: []) }
        guard let address = HTTPPlan.address(text) else {
            throw UsageError("--http must be an address such as 127.0.0.1:8080 or [::1]:8080, or off, not \"\(text)\"")
        }
        return HTTPPlan(listen: [address], names: names)
    }

    /// `the page: http://127.0.0.1:8080/`; nil without an address. What listens on all addresses is named by loopback.
    static func text(_ addresses: [ListenAddress]) -> String? {
        guard !addresses.isEmpty else { return nil }
        let links = addresses.map { address in
            let host = ["0.0.0.0": "127.0.0.1", "::": "::1"][address.host] ?? address.host
            return "http://\(ListenAddress(host: host, port: address.port))/"
        }
        return "the page: " + links.joined(separator: "  ")
    }
}
