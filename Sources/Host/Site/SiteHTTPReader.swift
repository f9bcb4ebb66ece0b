import YAML

/// Reads `http`.
enum SiteHTTPReader {
    static func read(_ value: Node, _ problems: SiteProblems) -> HTTPPlan? {
        guard let node = SiteNode(value, path: "http", problems) else { return nil }
        var plan = HTTPPlan(names: Set(node.texts("names")))
        if node.value("listen") != nil {
            plan.listen = node.texts("listen").compactMap { text in
                if let address = HTTPPlan.address(text) { return address }
                node.problem(
                    .address, "listen",
                    "\"\(text)\" is no address to listen on; write figures and a port, such as 127.0.0.1:8080 or "
                        + "0.0.0.0:8080")
                return nil
            }
        }
        node.finish()
        return plan
    }
}
