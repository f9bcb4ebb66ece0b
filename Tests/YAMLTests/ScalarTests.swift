import Testing
import YAML

struct ScalarTests {
    @Test(arguments: [
        "no", "on", "off", "yes", "true", "1:30", "010", "0o7", "1_000", "1e3", ".inf", "null", "2026-08-01",
    ])
    func plainWordsStayTheirCharacters(word: String) {
        #expect(tree("a: \(word)")["a"]?.scalar == Scalar(word, style: .plain))
    }

    @Test func onlyTildeAndNothingAreNull() {
        let root = tree("a: ~\nb:\nc: null\nd: '~'\ne: ''\nf: \"\"\ng: Null")
        let null = root.mapping?.filter { $0.value.isNull }.compactMap { $0.key.text }
        #expect(null == ["a", "b"])
    }

    @Test func everyStyleIsKept() {
        let root = tree("a: x\nb: 'x'\nc: \"x\"\nd: |\n  x\ne: >\n  x\n")
        let styles = root.mapping?.map { $0.value.scalar?.style }
        #expect(styles == [.plain, .singleQuoted, .doubleQuoted, .literal, .folded])
    }

    @Test func quotedTextsAreUnescaped() {
        let root = tree(#"{a: "x\ty\u00E4", b: 'it''s', c: "a\#n  b"}"#)
        #expect(root["a"]?.text == "x\ty\u{E4}")
        #expect(root["b"]?.text == "it's")
        #expect(root["c"]?.text == "a b")
    }

    @Test func blockTextsKeepOrFoldTheirLines() {
        #expect(tree(profile)["notes"]?.text == "Zweite Zeile: kein Schlüssel\n  eingerückt\n")
        #expect(tree(profile)["help"]?.text == "one two")
    }

    @Test func aTextMayHoldEscapedNul() {
        #expect(tree(#"a: "x\0y""#)["a"]?.text == "x\0y")
    }

    @Test func hugeScalarsAreReadWhole() {
        let long = String(repeating: "ä", count: 100_000)
        #expect(tree("a: \(long)")["a"]?.text == long)
        #expect(tree("a: '\(long)'")["a"]?.text == long)
    }

    @Test func anEmptyFileIsNothing() {
        for text in ["", "\n\n", "# only a comment\n", "---\n", "\u{FEFF}"] {
            let (root, problems) = YAMLReader.read(text)
            #expect(root?.isNull == true)
            #expect(problems.isEmpty)
        }
    }

    @Test func dataOfEachKindAnswersOnlyAsItsKind() {
        let root = tree("{s: x, l: [x], m: {x: y}}")
        #expect(root["s"]?.kind == "a value" && root["s"]?.sequence == nil && root["s"]?.mapping == nil)
        #expect(root["l"]?.kind == "a list" && root["l"]?.sequence?.count == 1 && root["l"]?.text == nil)
        #expect(root["m"]?.kind == "a mapping" && root["m"]?.mapping?.count == 1 && root["m"]?.key == nil)
        #expect(root["s"]?["x"] == nil)
        #expect(root["l"]?["x"] == nil)
    }
}
