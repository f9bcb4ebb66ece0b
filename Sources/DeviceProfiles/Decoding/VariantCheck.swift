import DriverAPI
import YAML

/// Checks the variants of a profile: each alone, and what two of them may not do together (P042).
struct VariantCheck {
    let root: Node
    let base: ProfileCompiler
    let profile: DeviceProfile
    let list: DiagnosticList
    let needs: Set<String>
    /// Where `when` of each variant stands, and the whole entry.
    let nodes: [Node]

    /// Compiles every variant alone; what it says wrong is reported at its place in the patch.
    func compileAll() -> [[Int]: DeviceProfile] {
        var compiled: [[Int]: DeviceProfile] = [:]
        for (index, variant) in profile.variants.enumerated() { compiled[[index]] = compile(index, variant) }
        checkReachable()
        checkConflicts()
        return compiled
    }

    private func compile(_ index: Int, _ variant: Variant) -> DeviceProfile {
        let patched = root.patched(with: variant.patch)
        let found = DiagnosticList(file: list.file)
        checkStructure(patched, variant.patch, found)
        let compiler = ProfileCompiler(root: patched, list: found, head: base.head)
        let result = compiler.compileVariant(of: profile)
        if compiler.knowsClass {
            compiler.checkMandatory(result, .variant, at: nodes[index].mark)
        }
        let known = list.diagnostics
        let subject = "with variant \(variant.name ?? String(index + 1))"
        for finding in found.diagnostics where !known.contains(finding) && !isKnownGap(finding) {
            guard let code = DiagnosticCode(rawValue: finding.code) else { continue }
            list.add(code, at: finding.mark, finding.message, subject: subject)
        }
        return result
    }

    /// A mandatory point that is missing without the variant, too.
    private func isKnownGap(_ finding: Diagnostic) -> Bool {
        finding.code == DiagnosticCode.variant.rawValue
            && list.diagnostics.contains {
                $0.code == DiagnosticCode.mandatoryPoint.rawValue && $0.message == finding.message
            }
    }

    /// Keys that the patched entries must have; wrong kinds were found in the patch itself.
    private func checkStructure(_ patched: Node, _ patch: Node, _ found: DiagnosticList) {
        let check = StructureCheck(list: found, needs: needs, isPatch: false)
        for (key, value) in patch.mapping ?? [] {
            guard let name = key.text, let node = patched[text: name] else { continue }
            switch name {
            case "points":
                for (point, _) in value.mapping ?? [] {
                    guard let text = point.text, let merged = node[text: text] else { continue }
                    check.check(merged, .point, subject: "point \(text)")
                }
            case "control": check.check(node, .control)
            case "keepalive": check.check(node, .keepalive)
            case "modbus": check.check(node, .modbus)
            default: break
            }
        }
    }

    private func checkReachable() {
        for (index, variant) in profile.variants.enumerated() {
            let space = ConditionSpace([variant.when], options: profile.options)
            if !space.canHold([variant.when]) {
                list.add(.variant, at: nodes[index].place(of: "when"), "this condition never holds")
            }
        }
    }

    /// Two variants that can both hold must not set one key to different values.
    private func checkConflicts() {
        for second in profile.variants.indices {
            for first in 0..<second {
                let (a, b) = (profile.variants[first], profile.variants[second])
                guard let conflict = Self.conflict(a.patch, b.patch, path: []) else { continue }
                let space = ConditionSpace([a.when, b.when], options: profile.options)
                guard space.canHold([a.when, b.when]) else { continue }
                let name = a.name.map { "\"\($0)\"" } ?? "number \(first + 1)"
                list.add(
                    .variant, at: conflict.mark,
                    "variant \(name) can hold at the same time and sets \(conflict.path) to another value")
            }
        }
    }

    private static func conflict(_ a: Node, _ b: Node, path: [String]) -> (path: String, mark: Mark)? {
        guard let first = a.mapping, let second = b.mapping else {
            return a.sameMeaning(as: b) ? nil : (path.joined(separator: "."), b.mark)
        }
        for (key, value) in second {
            guard let text = key.text, let other = first.first(where: { $0.key.key == key.key })?.value else {
                continue
            }
            guard let found = conflict(other, value, path: path + [text]) else { continue }
            return (found.path, found.mark == value.mark ? key.mark : found.mark)
        }
        return nil
    }
}
