import DriverAPI
import YAML

/// Reads `load_management`.
enum SharingRulesReader {
    static func read(_ value: Node, _ problems: SiteProblems) -> SharingRules {
        var rules = SharingRules()
        guard let node = SiteNode(value, path: "load_management", problems) else { return rules }
        if isOff("turn", node) {
            rules.turn = nil
        } else if let turn = node.duration("turn", 60...86_400) {
            rules.turn = turn
        }
        readReclaim(node, &rules, problems)
        if let inner = mapping("surplus", node, problems) {
            rules.surplusStart = inner.duration("start", 0...3600) ?? rules.surplusStart
            rules.surplusStop = inner.duration("stop", 0...3600) ?? rules.surplusStop
            inner.finish()
        }
        readSwitching(node, &rules, problems)
        node.finish()
        return rules
    }

    private static func readReclaim(_ node: SiteNode, _ rules: inout SharingRules, _ problems: SiteProblems) {
        guard !isOff("reclaim", node) else {
            rules.reclaimAfter = nil
            return
        }
        guard let inner = mapping("reclaim", node, problems) else { return }
        rules.reclaimAfter = inner.duration("after", 10...3600) ?? rules.reclaimAfter
        rules.reclaimMargin = inner.quantity("margin", .current) ?? rules.reclaimMargin
        inner.finish()
    }

    private static func readSwitching(_ node: SiteNode, _ rules: inout SharingRules, _ problems: SiteProblems) {
        guard !isOff("phase_switching", node) else {
            rules.switching = nil
            return
        }
        guard let inner = mapping("phase_switching", node, problems) else { return }
        let usual = SharingRules.Switching()
        rules.switching = SharingRules.Switching(
            up: inner.duration("up", 10...86_400) ?? usual.up,
            down: inner.duration("down", 10...86_400) ?? usual.down,
            apart: inner.duration("apart", 60...86_400) ?? usual.apart,
            perCar: inner.integer("per_car", 0...1000), isForCrowding: inner.bool("when_crowded") ?? false)
        inner.finish()
    }

    private static func isOff(_ key: String, _ node: SiteNode) -> Bool { node.value(key)?.text == "off" }

    private static func mapping(_ key: String, _ node: SiteNode, _ problems: SiteProblems) -> SiteNode? {
        node.value(key).flatMap { SiteNode($0, path: "load_management.\(key)", problems) }
    }
}
