import YAML

extension ProfileCompiler {
    /// Makes the names of all points known, before anything refers to them.
    func declarePoints() {
        for (key, node) in root[text: "points"]?.mapping ?? [] {
            guard let name = key.text, TextShape.point.matches(name) else { continue }
            let subject = "point \(name)"
            let found = names(name, key, node, subject)
            let canonical = found.first.flatMap { CanonicalPoint.named($0, for: head.deviceClass) }
            checkName(found, key, subject)
            sources.append(
                PointSource(key: key, node: node, place: PlaceText(node), names: found, canonical: canonical))
            for (lane, full) in found.enumerated() {
                if sourceOfPoint[full] != nil {
                    report(.duplicateKey, at: key.mark, "point \(full) is defined twice", subject)
                    continue
                }
                sourceOfPoint[full] = (sources.count - 1, lane)
                pointNames.append(full)
            }
            if name.hasSuffix(".*") { lanes[String(name.dropLast(2))] = found }
        }
        declareFamilies()
        shapes = Array(repeating: .open, count: sources.count)
    }

    private func names(_ name: String, _ key: Node, _ node: Node, _ subject: String) -> [String] {
        let lanes = node[text: "lanes"]
        guard name.hasSuffix(".*") else {
            if lanes != nil {
                let mark = node.key("lanes")?.mark ?? key.mark
                report(.lanes, at: mark, "lanes need a name that ends in .*", subject)
            }
            return [name]
        }
        guard let texts = lanes?.texts, !texts.isEmpty else {
            report(.lanes, at: key.mark, "a name that ends in .* needs `lanes`, such as [l1, l2, l3]", subject)
            return []
        }
        var seen: Set<String> = []
        for text in texts where !seen.insert(text).inserted {
            report(.lanes, at: lanes?.mark ?? key.mark, "lane \(text) stands twice", subject)
        }
        return texts.map { "\(name.dropLast(2)).\($0)" }
    }

    /// `name.*` also stands for lanes that are written one by one.
    private func declareFamilies() {
        for name in pointNames {
            guard let dot = name.lastIndex(of: ".") else { continue }
            let stem = String(name[..<dot])
            let isLane = sourceOfPoint[name].map { sources[$0.source].key.text?.hasSuffix(".*") ?? false } ?? false
            if !isLane { lanes[stem, default: []].append(name) }
        }
    }

    private func checkName(_ names: [String], _ key: Node, _ subject: String) {
        guard knowsClass, let name = names.first else { return }
        let known = CanonicalPoint.named(name, for: head.deviceClass) != nil
        if name.hasPrefix("x_") {
            let plain = String(name.dropFirst(2))
            if CanonicalPoint.isListed(plain, for: head.deviceClass) {
                report(.semantics, at: key.mark, "this duplicates the canonical point \(plain)", subject)
            }
        } else if !known || names.contains(where: { CanonicalPoint.named($0, for: head.deviceClass) == nil }) {
            let written = key.text ?? name
            let near = closest(to: name, among: CanonicalPoint.names(for: head.deviceClass))
            let hint = near.map { ", did you mean \"\($0)\"?" } ?? "; other points begin with x_"
            report(.semantics, at: key.mark, "\"\(written)\" is not a canonical point\(hint)", subject)
        }
    }
}
