import Testing
import YAML

struct MarkTests {
    @Test func placesCountCharactersNotBytes() {
        let root = tree("größe: {λ: 1, b: 2}\n\"😀\": [x, y]")
        #expect(root["größe"]?.mark == Mark(line: 1, column: 8))
        #expect(root["größe"]?["λ"]?.mark == Mark(line: 1, column: 12))
        #expect(root["größe"]?["b"]?.mark == Mark(line: 1, column: 18))
        #expect(root["😀"]?.sequence?[1].mark == Mark(line: 2, column: 10))
    }

    @Test func aBlockListBeginsAtItsFirstDash() {
        let root = tree("a:\n  - x\n  - y: 1\n")
        #expect(root["a"]?.mark == Mark(line: 2, column: 3))
        #expect(root["a"]?.sequence?[1].mark == Mark(line: 3, column: 5))
        #expect(root.mark == Mark(line: 1, column: 1))
    }

    @Test(arguments: ["\n", "\r\n", "\r", "\u{85}", "\u{2028}"])
    func everyLineEndCountsOnce(end: String) {
        let text = ["a: 1", "b:", "  - x", "  - y", "c: 3"].joined(separator: end)
        #expect(tree(text)["c"]?.mark == Mark(line: 5, column: 1 + 3))
        #expect(tree(text)["b"]?.sequence?[1].mark == Mark(line: 4, column: 5))
        #expect(tree(text)["c"]?.excerpt(in: text) == "5 | c: 3\n  |    ^")
    }

    @Test func aByteOrderMarkTakesNoColumn() {
        let text = "\u{FEFF}a: 1\nb: 2"
        let (root, problems) = YAMLReader.read(text)
        #expect(problems.isEmpty)
        #expect(root?["a"]?.mark == Mark(line: 1, column: 4))
        #expect(root?["a"]?.excerpt(in: text) == "1 | a: 1\n  |    ^")
    }

    @Test func theCaretStandsUnderThePlace() {
        let text = "schema: profile/1\ncontrol: {charge: of}\n"
        #expect(
            tree(text)["control"]?["charge"]?.excerpt(in: text) == "2 | control: {charge: of}\n  |                   ^")
    }

    @Test func theCaretAllowsForWideAndCombiningCharacters() {
        #expect(Mark(line: 1, column: 3).excerpt(in: "日本x") == "1 | 日本x\n  |     ^")
        #expect(Mark(line: 1, column: 3).excerpt(in: "e\u{301}x") == "1 | e\u{301}x\n  |  ^")
    }

    @Test func aLongLineIsCutAroundThePlace() {
        let line = String(repeating: "a", count: 1000) + "X" + String(repeating: "b", count: 1000)
        let shown = Mark(line: 1, column: 1001).excerpt(in: line).split(separator: "\n")
        #expect(shown.count == 2)
        #expect(shown[0].count < 160)
        #expect(shown[0].hasPrefix("1 | …a") && shown[0].hasSuffix("b…"))
        let caret = shown[1].firstIndex(of: "^").map { shown[1].distance(from: shown[1].startIndex, to: $0) }
        let place = shown[0].firstIndex(of: "X").map { shown[0].distance(from: shown[0].startIndex, to: $0) }
        #expect(caret != nil && caret == place)
    }

    @Test func aFileCannotSteerTheTerminal() {
        #expect(Mark(line: 1, column: 3).excerpt(in: "a\u{1B}[31m\tb") == "1 | a·[31m b\n  |   ^")
    }

    @Test func aPlaceOutsideTheTextIsEmptyOrAtItsEnd() {
        #expect(Mark(line: 3, column: 1).excerpt(in: "a\nb") == "")
        #expect(Mark(line: 0, column: 1).excerpt(in: "a") == "")
        #expect(Mark(line: 1, column: 99).excerpt(in: "ab") == "1 | ab\n  |   ^")
        #expect(Mark(line: 2, column: 1).excerpt(in: "a\n") == "2 | \n  | ^")
    }
}
