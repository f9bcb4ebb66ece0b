import DriverAPI

/// Reads the keys of a device that say how a box charges.
enum SiteBoxReader {
    static func read(_ node: SiteNode, _ problems: SiteProblems) -> SiteBox {
        var box = SiteBox()
        if let mode = node.member("mode", SiteBox.Mode.self) { box.mode = mode }
        box.minimum = node.quantity("minimum", .current)
        box.maximum = node.quantity("maximum", .current)
        box.phases = node.integer("phases", 1...3)
        if let switches = node.bool("phase_switching") { box.switchesPhases = switches }
        if let low = box.minimum, low < 6 {
            node.problem(.wrongKind, "minimum", "minimum \(low) A is below 6 A, with which no car charges")
        }
        if let low = box.minimum, let high = box.maximum, low > high {
            node.problem(.wrongKind, "maximum", "maximum \(high) A is below the minimum \(low) A")
        }
        if let failsafe = failsafe(node, problems) { box.failsafe = failsafe }
        return box
    }

    /// `keep`, or `{current: 6 A, timeout: 60 s}`.
    private static func failsafe(_ node: SiteNode, _ problems: SiteProblems) -> FailSafe? {
        guard let value = node.value("failsafe") else { return nil }
        if value.text == "keep" { return FailSafe(isKept: true) }
        guard value.mapping != nil, let inner = SiteNode(value, path: "\(node.path).failsafe", problems) else {
            node.problem(.wrongKind, "failsafe", "failsafe must be keep or {current: 6 A, timeout: 60 s}")
            return nil
        }
        var failsafe = FailSafe()
        if inner.value("current")?.text == "auto" {
        } else if let current = inner.quantity("current", .current) {
            failsafe.current = .fixed(current)
        }
        failsafe.timeout = inner.duration("timeout", 1...86_400)
        inner.finish()
        return failsafe
    }
}
