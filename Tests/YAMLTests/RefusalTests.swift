import Testing
import YAML

struct RefusalTests {
    @Test func anchorsAliasesTagsAndMergeKeysAreAllReportedAtOnce() {
        let text = "a: &x {k: 1}\nb: *x\nc: !!int 3\nd:\n  <<: *x\n  e: 1\nf: 1\nf: 2\n"
        let (root, problems) = YAMLReader.read(text)
        #expect(
            problems.map { "\($0.mark) \($0.code.rawValue)" } == [
                "1:4 P005", "2:4 P005", "3:4 P005", "5:3 P005", "5:7 P005", "8:1 P001",
            ])
        #expect(root == nil, "a tree without what the alias stands for would be another document")
    }

    @Test func anAnchorOrTagAloneLeavesTheTreeWhole() {
        let (root, problems) = YAMLReader.read("a: &x 1\nb: !t 2")
        #expect(problems.map(\.code) == [.anchor, .anchor])
        #expect(root?["a"]?.text == "1")
        #expect(root?["b"]?.text == "2")
    }

    @Test func aQuotedMergeKeyIsAnOrdinaryText() {
        #expect(places("'<<': 1") == [])
    }

    @Test func aSecondDocumentIsRefusedWhereItBegins() {
        #expect(places("a: 1\n---\nb: 2\n") == ["2:1 P005"])
        #expect(places("---\na: 1\n...\n") == [])
        #expect(places("%YAML 1.1\n---\na: 1\n") == [])
        #expect(places("%TAG ! tag:x,2026:\n---\na: 1\n").map { $0.suffix(4) } == ["P005"])
        #expect(places("a: !u!x 1") == ["1:4 P005"])
    }

    @Test func billionLaughsStayOneSmallTree() {
        var text = "a: &a [lol, lol, lol, lol, lol, lol, lol, lol, lol]\n"
        for (before, name) in zip("abcdefgh", "bcdefghi") {
            text += "\(name): &\(name) [" + Array(repeating: "*\(before)", count: 9).joined(separator: ", ") + "]\n"
        }
        let (root, problems) = YAMLReader.read(text)
        #expect(root == nil)
        #expect(problems.count == 9 + 8 * 9)
        #expect(problems.allSatisfy { $0.code == .anchor })
    }

    @Test func tabsInTheIndentationHaveTheirOwnProblem() {
        #expect(places("a:\n\tb: 1\n\tc: 2\n") == ["2:1 P004"])
        #expect(places("a:\n  - x\n\t- y\n") == ["3:1 P004"])
        #expect(places("a: |\n\tx\n") == ["2:1 P004"])
        #expect(message("a:\n\tb: 1\n\tc: 2\n\td: 3\n").hasSuffix("(2 lines below begin with one too)"))
        #expect(message("a:\n\tb: 1\n") == "a tab in the indentation; YAML allows only blanks there")
    }

    @Test func tabsElsewhereAreAllowed() {
        #expect(places("a:\t1\t# comment\nb: {x: 1,\n\ty: 2}\nc: 'x\ty'\n") == [])
    }

    @Test func moreThan256KilobytesAreNotRead() {
        let most = "a: " + String(repeating: "x", count: 256 * 1024 - 3)
        #expect(places(most) == [])
        #expect(places(most + "x") == ["1:1 P006"])
        #expect(YAMLReader.read(most + "x").root == nil)
    }

    @Test func sixtyFourLevelsAreReadAndNoMore() {
        func nested(_ levels: Int) -> String {
            String(repeating: "[", count: levels) + String(repeating: "]", count: levels)
        }
        #expect(places(nested(64)) == [])
        #expect(places(nested(65)) == ["1:65 P007"])
        #expect(places(String(repeating: "[", count: 200_000)) == ["1:65 P007"])
        #expect(places(String(repeating: "{a: ", count: 60_000)) == ["1:\(64 * 4 + 1) P007"])
        #expect(places(String(repeating: "- ", count: 100_000)) == ["1:129 P007"])
        #expect(places(String(repeating: "? ", count: 100_000)).map { $0.suffix(4) } == ["P007"])
    }

    @Test func aHundredThousandValuesAreReadAndNoMore() {
        func list(_ count: Int) -> String {
            "[" + String(repeating: "a,", count: count) + "]"
        }
        #expect(places(list(99_999)) == [])
        #expect(places(list(100_000)) == ["1:200000 P007"])
    }
}
