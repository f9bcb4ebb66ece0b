import Testing
import YAML

struct PatchTests {
    private func patch(_ base: String, _ patch: String, gives result: String) -> Bool {
        tree(base).patched(with: tree(patch)).sameMeaning(as: tree(result))
    }

    @Test func mappingsMergeKeyByKey() {
        #expect(patch("{a: {x: 1, y: 2}, b: 3}", "{a: {y: 5, z: 6}}", gives: "{a: {x: 1, y: 5, z: 6}, b: 3}"))
    }

    @Test func listsAndValuesReplace() {
        #expect(patch("{a: [1, 2], b: {x: 1}, c: 1}", "{a: [3], b: 2, c: {y: 1}}", gives: "{a: [3], b: 2, c: {y: 1}}"))
    }

    @Test func aPlainTildeRemovesTheKey() {
        #expect(patch("{a: {x: 1, y: 2}, b: 3}", "{a: {x: ~}, b: ~, c: ~}", gives: "{a: {y: 2}}"))
    }

    @Test func aQuotedTildeAndNothingAreValues() {
        #expect(patch("{a: 1, b: 2}", "{a: '~', b: }", gives: "{a: '~', b: }"))
    }

    @Test func keysAreComparedAsDecoded() {
        #expect(patch("{enum: {0x10: A, 17: B}}", "{enum: {16: C, '17': ~}}", gives: "{enum: {16: C}}"))
    }

    @Test func removalsInsideANewMappingRemoveNothingAndLeaveNothing() {
        #expect(patch("{a: 1}", "{b: {x: ~, y: {z: ~}}}", gives: "{a: 1, b: {y: {}}}"))
    }

    @Test func anEmptyPatchChangesNothing() {
        #expect(tree(profile).patched(with: tree("{}")).sameMeaning(as: tree(profile)))
        #expect(tree(profile).patched(with: tree(profile)).sameMeaning(as: tree(profile)) == false, "off: ~ is removed")
        let whole = tree(profile).patched(with: tree("control: {charge: {off: ~}}"))
        #expect(whole.patched(with: whole).sameMeaning(as: whole))
    }

    @Test func changedPartsPointAtThePatchAndTheRestAtTheBase() {
        let result = tree("a: {x: 1, y: 2}\nb: 3").patched(with: tree("\n\n\na: {y: 5}\nc: 1"))
        #expect(result["a"]?["y"]?.mark == Mark(line: 4, column: 8))
        #expect(result["a"]?.keyNode("y")?.mark == Mark(line: 4, column: 5))
        #expect(result["a"]?["x"]?.mark == Mark(line: 1, column: 8))
        #expect(result.keyNode("a")?.mark == Mark(line: 1, column: 1))
        #expect(result.mapping?.map { $0.key.text } == ["a", "b", "c"])
    }

    @Test func keysCanBeTakenOff() {
        let node = tree("{when: x, name: y, points: {name: z}}").without("when", "name")
        #expect(node.sameMeaning(as: tree("{points: {name: z}}")))
        #expect(tree("[when]").without("when").sameMeaning(as: tree("[when]")))
    }
}
