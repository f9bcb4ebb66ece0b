import Modbus
import YAML

/// Reads one entry of `proxies`.
enum SiteProxyReader {
    static func read(_ value: Node, _ problems: SiteProblems) -> SiteProxy? {
        let name = value["listen"]?.text ?? "?"
        guard let node = SiteNode(value, path: "proxy \(name)", problems) else { return nil }
        defer { node.finish() }
        let listen = node.required("listen") { key in
            node.text(key).flatMap { ListenAddressReader.read(node, key, $0) }
        }
        let target = node.required("to", node.text)
        let allow = IPAddressReader.read(node, "allow")
        let isReadOnly = node.bool("read_only") ?? false
        guard let listen, let target else { return nil }
        return SiteProxy(listen: listen, target: target, allow: allow, isReadOnly: isReadOnly, mark: value.mark)
    }
}
