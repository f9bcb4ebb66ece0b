import Testing
import YAML

struct SyntaxTests {
    @Test(arguments: [
        ("note: wait: 3 s", "1:11", "quotes"),
        ("unit: %", "1:7", "cannot begin with '%'"),
        ("name: @home", "1:7", "cannot begin with '@'"),
        ("a: 'open\nb: 1\n", "3:1", "ends inside the quotes that began at 1:4"),
        ("a: [1, 2\nb: 3\n", "2:2", "the list that began at 1:4 is not closed"),
        ("a: {x: 1\nb\n", "3:1", "the mapping that began at 1:4 is not closed"),
        ("a:\n  x: 1\n y: 2\n", "3:2", "indentation"),
        ("a: 1\nword\nb: 2\n", "3:1", "this line is no 'key: value'"),
        ("a: \"C:\\path\"", "1:7", "use single quotes"),
        ("a: \"\\uD800\"", "1:7", "use single quotes"),
        ("a:\n- x\n y\n- z\nb: - x", "5:4", "a list cannot begin here"),
        ("a: |x\n  y\n", "1:5", "begins on the next line"),
        ("a: *", "1:5", "begins with '*' or '&'"),
        ("- a\n- b\nc: d\n", "3:1", "same column"),
        ("a: [", "1:5", "missing"),
        ("[a]\nb: c", "2:1", "document has ended"),
    ])
    func mistakesAreNamedInPlainWordsWithTheirPlace(text: String, place: String, words: String) {
        let (root, problems) = YAMLReader.read(text)
        #expect(root == nil)
        #expect(problems.map { "\($0.mark) \($0.code.rawValue)" } == ["\(place) P008"])
        let message = problems.first?.message ?? ""
        #expect(message.contains(words), "\(message)")
    }

    @Test func aProblemAtTheEndStandsInTheLastLine() {
        let text = "a: {x: [1"
        #expect(YAMLReader.read(text).problems.map { $0.excerpt(in: text) } == ["1 | a: {x: [1\n  |          ^"])
    }

    @Test func problemsBeforeASyntaxErrorAreReportedWithIt() {
        #expect(places("a: 1\na: 2\nb: &x 3\nc: [\n") == ["2:1 P001", "3:4 P005", "5:1 P008"])
    }

    @Test func aProblemPrintsItsPlaceCodeAndSentence() {
        let problem = YAMLProblem(code: .unknownKey, mark: Mark(line: 4, column: 7), message: "unknown key 'chrage'")
        #expect(problem.description == "4:7 P002 unknown key 'chrage'")
        #expect(problem.excerpt(in: "\n\n\n    { chrage: 1 }") == "4 |     { chrage: 1 }\n  |       ^")
    }

    @Test func decodersNameUnknownKeysAndWrongKinds() {
        let root = tree("chrage: 1\nlist: [1]\nnone:\n")
        let keys = root.mapping?.map(\.key) ?? []
        #expect(keys.count == 3)
        #expect(
            YAMLProblem.unknownKey(keys[0], allowed: ["charge", "phases"]).message
                == "unknown key 'chrage'; did you mean 'charge'?")
        #expect(
            YAMLProblem.unknownKey(keys[1], allowed: ["phases", "charge"]).message
                == "unknown key 'list'; known here: charge, phases")
        #expect(YAMLProblem.unknownKey(keys[0], allowed: ["charge"]).code == .unknownKey)
        let wrong = YAMLProblem.wrongKind(root["list"] ?? root, expected: "a number")
        #expect(wrong.description == "2:7 P003 expected a number, found a list")
        #expect(
            YAMLProblem.wrongKind(root["chrage"] ?? root, expected: "a list").message == "expected a list, found '1'")
        #expect(
            YAMLProblem.wrongKind(root["none"] ?? root, expected: "a list").message == "expected a list, found nothing")
    }

    @Test func namesFromTheFileAreCutAndCleanedInMessages() {
        let key = tree("\"\\e[31m" + String(repeating: "x", count: 100) + "\": 1").mapping?.first?.key
        let message = key.map { YAMLProblem.unknownKey($0, allowed: []).message } ?? ""
        #expect(message == "unknown key '\\u{1B}[31m" + String(repeating: "x", count: 35) + "…'")
    }
}
