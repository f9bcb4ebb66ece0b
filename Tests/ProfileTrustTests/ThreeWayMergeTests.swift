import TestTools
import Testing
import YAML

@testable import ProfileTrust

@Suite struct ThreeWayMergeTests {
    private static let base = """
        # A box.
        schema: profile/1
        id: acme.one
        version: 1.0.0
        link:
          # As the vendor ships it.
          tcp: {port: 502}
          timing: {timeout: 1 s, min_gap: 20 ms}
        points:
          state: {at: 1, poll: fast}
          # The set-point.
          current_limit:
            at: 2
            scale: 0.1
          x_old: {at: 9}

        tests:
          - name: one
            expect: {state: A}

        """

    private func merge(_ ours: String, _ theirs: String) throws -> ThreeWayMerge {
        try ThreeWayMerge(base: Self.base, ours: ours, theirs: theirs)
    }

    @Test func whatOnlyOneSideChangedIsTaken() throws {
        let ours = Self.base.replacing("min_gap: 20 ms}", with: "min_gap: 50 ms}  # a slow gateway")
        let theirs = Self.base.replacing("version: 1.0.0", with: "version: 1.1.0")
            .replacing("    scale: 0.1", with: "    scale: 0.01\n    unit: A")
            .replacing("  x_old: {at: 9}\n", with: "  # Since firmware 2.\n  phases_set: {at: 10}\n")
        let merged = try merge(ours, theirs)
        #expect(merged.conflicts.isEmpty)
        for line in [
            "# A box.", "version: 1.1.0", "  # As the vendor ships it.", "    scale: 0.01", "    unit: A",
            "  # Since firmware 2.", "  phases_set: {at: 10}",
            "  timing: {timeout: 1 s, min_gap: 50 ms}  # a slow gateway",
        ] {
            #expect(merged.text.split(separator: "\n").contains { $0 == line }, "\(line)")
        }
        #expect(!merged.text.contains("x_old"))
    }

    @Test func bothSidesInOneFlowMappingAreMerged() throws {
        let merged = try merge(
            Self.base.replacing("min_gap: 20 ms}", with: "min_gap: 50 ms}  # a slow gateway"),
            Self.base.replacing("timeout: 1 s", with: "timeout: 2 s"))
        #expect(merged.conflicts.isEmpty)
        let timing = YAMLReader.read(merged.text).root?["link"]?["timing"]
        #expect(timing?["timeout"]?.text == "2 s")
        #expect(timing?["min_gap"]?.text == "50 ms")
        #expect(merged.text.contains("  timing: {timeout: 2 s, min_gap: 50 ms}  # a slow gateway\n"))
        #expect(merged.text.contains("  # As the vendor ships it.\n"))
    }

    @Test func whatBothChangedIsReportedWithItsPlaceAndOursIsKept() throws {
        let merged = try merge(
            Self.base.replacing("scale: 0.1", with: "scale: 0.2"),
            Self.base.replacing("scale: 0.1", with: "scale: 0.01").replacing("port: 502", with: "port: 503"))
        #expect(merged.conflicts.count == 1)
        #expect(merged.conflicts[0].path == "points.current_limit.scale")
        #expect(
            merged.conflicts[0].text(file: "a.yaml", newFile: "b.yaml")
                == "a.yaml:14:5 points.current_limit.scale: changed here and upstream (b.yaml:14:5)")
        #expect(merged.text.contains("scale: 0.2"))
        #expect(merged.text.contains("port: 503"))
    }

    @Test func whatOneRemovedAndTheOtherChangedIsAConflict() throws {
        let without = Self.base.replacing("  x_old: {at: 9}\n", with: "")
        let changed = Self.base.replacing("x_old: {at: 9}", with: "x_old: {at: 8}")
        #expect(try merge(without, changed).conflicts.map(\.what) == ["removed here, changed upstream"])
        #expect(try merge(changed, without).conflicts.map(\.what) == ["changed here, removed upstream"])
        #expect(try merge(changed, without).text.contains("x_old: {at: 8}"))
        #expect(try merge(without, without).text == without)
    }

    @Test func theSameChangeOnBothSidesIsNone() throws {
        let changed = Self.base.replacing("at: 9", with: "at: 0x0A")
        let alike = Self.base.replacing("at: 9", with: "'at': '0x0A'")
        let merged = try merge(changed, alike)
        #expect(merged.conflicts.isEmpty)
        #expect(merged.text == changed)
    }

    @Test func nothingChangedUpstreamLeavesTheFileAsItIs() throws {
        let ours = Self.base.replacing("tests:", with: "# ours\ntests:").replacing("\n", with: "\r\n")
        #expect(try merge(ours, Self.base).text == ours)
    }

    @Test func aFileWithCarriageReturnsIsMerged() throws {
        let ours = Self.base.replacing("at: 9", with: "at: 8").replacing("\n", with: "\r\n")
        let merged = try merge(ours, Self.base.replacing("at: 2", with: "at: 3"))
        #expect(merged.conflicts.isEmpty)
        let points = YAMLReader.read(merged.text).root?["points"]
        #expect(points?["x_old"]?["at"]?.text == "8")
        #expect(points?["current_limit"]?["at"]?.text == "3")
        #expect(merged.text.contains("# The set-point."))
    }

    @Test func whatIsNoMappingIsRefused() {
        #expect(throws: YAMLProblem.self) { try merge("- a\n", Self.base) }
        #expect(throws: YAMLProblem.self) { try merge("a: [\n", Self.base) }
        #expect(throws: YAMLProblem.self) { try merge(Self.base, "") }
    }

    /// For any three trees: what only one side changed arrives, what both changed alike too, nothing else changes, and
    /// every other place is reported.
    @Test(arguments: 0..<300)
    func theTextSaysWhatTheTreesSay(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let base = Tree.random(depth: 3, using: &random)
        let ours = base.changed(using: &random)
        let theirs = base.changed(using: &random)
        let merged = try ThreeWayMerge(base: base.text(), ours: ours.text(), theirs: theirs.text())
        let wanted = Tree.merge(base, ours, theirs)
        let result = try #require(YAMLReader.read(merged.text).root)
        let expected = try #require(YAMLReader.read(wanted.tree.text()).root)
        #expect(result.sameMeaning(as: expected), "\(merged.text)")
        #expect(merged.conflicts.count == wanted.conflicts)
    }
}

/// Trees of the property test, with their own merge, made of dictionaries.
private indirect enum Tree: Equatable {
    case leaf(Int)
    case branch([String: Tree])

    static func random(depth: Int, using random: inout SeededGenerator) -> Tree {
        if depth < 3, depth == 0 || Int.random(in: 0..<3, using: &random) == 0 {
            return .leaf(Int.random(in: 0..<100, using: &random))
        }
        var branch: [String: Tree] = [:]
        for _ in 0...Int.random(in: 0...4, using: &random) {
            branch["k\(Int.random(in: 0..<8, using: &random))"] = self.random(depth: depth - 1, using: &random)
        }
        return .branch(branch)
    }

    func changed(using random: inout SeededGenerator) -> Tree {
        guard case .branch(var branch) = self else {
            return Int.random(in: 0..<4, using: &random) == 0 ? .leaf(Int.random(in: 0..<3, using: &random)) : self
        }
        for (key, value) in branch.sorted(by: { $0.key < $1.key }) {
            switch Int.random(in: 0..<8, using: &random) {
            case 0 where branch.count > 1: branch[key] = nil
            case 1: branch[key] = .leaf(Int.random(in: 0..<3, using: &random))
            default: branch[key] = value.changed(using: &random)
            }
        }
        if Int.random(in: 0..<3, using: &random) == 0 {
            branch["n\(Int.random(in: 0..<3, using: &random))"] = Tree.random(depth: 1, using: &random)
        }
        return .branch(branch)
    }

    /// Block style, with a remark here and there; every third mapping in flow style.
    func text(indent: Int = 0) -> String {
        switch self {
        case .leaf(let number): return " \(number)\n"
        case .branch(let branch):
            let keys = branch.keys.sorted()
            if keys.isEmpty || (indent > 0 && (keys.count + indent / 2).isMultiple(of: 3)) { return " \(flow)\n" }
            let blanks = String(repeating: " ", count: indent)
            return (indent > 0 ? "\n" : "")
                + keys.map { key in
                    let remark = key == "k1" ? "\(blanks)# about \(key)\n" : ""
                    return remark + "\(blanks)\(key):" + (branch[key]?.text(indent: indent + 2) ?? "\n")
                }.joined()
        }
    }

    private var flow: String {
        switch self {
        case .leaf(let number): "\(number)"
        case .branch(let branch):
            "{" + branch.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.flow)" }.joined(separator: ", ") + "}"
        }
    }

    static func merge(_ base: Tree?, _ ours: Tree, _ theirs: Tree) -> (tree: Tree, conflicts: Int) {
        guard case .branch(let mine) = ours, case .branch(let new) = theirs else { return (ours, 0) }
        var old: [String: Tree] = [:]
        if case .branch(let branch) = base { old = branch }
        var result: [String: Tree] = [:]
        var conflicts = 0
        for key in Set(mine.keys).union(new.keys) {
            let (before, here, there) = (old[key], mine[key], new[key])
            if here == there || before == there {
                result[key] = here
            } else if before == here {
                result[key] = there
            } else if let here, let there, case .branch = here, case .branch = there {
                let inner = merge(before, here, there)
                result[key] = inner.tree
                conflicts += inner.conflicts
            } else {
                result[key] = here
                conflicts += 1
            }
        }
        return (.branch(result), conflicts)
    }
}
