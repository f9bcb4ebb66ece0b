import Testing
import YAML

struct KeyTests {
    @Test func theSameAddressInTwoNotationsIsADuplicate() {
        #expect(places("holding:\n  8092: 1\n  0x1F9C: 2") == ["3:3 P001"])
        #expect(message("8092: 1\n0x1F9C: 2") == "duplicate key '0x1F9C'; it is already in line 1")
    }

    @Test func quotesDoNotMakeAnotherKey() {
        #expect(places("1: a\n'1': b\n\"1\": c") == ["2:1 P001", "3:1 P001"])
        #expect(places("name: a\n\"na\\u006De\": b") == ["2:1 P001"])
    }

    @Test func onlyIntegersOfTheLanguageAreCompared() {
        #expect(places("{8: a, 08: b, 010: c, 1_0: d, 10: e, 8.0: f, +8: g, 0X8: h, -8: i}") == [])
        #expect(places("{0x0a: x, 0x0A: y, 10: z}") == ["1:11 P001", "1:20 P001"])
        #expect(places("{-0: x, 0: y}") == ["1:9 P001"])
    }

    @Test func integersTooLargeForAnyAddressAreStillCompared() {
        let large = String(repeating: "9", count: 60)
        #expect(places("{\(large): x, \(large): y}") == ["1:67 P001"])
    }

    @Test func duplicatesAreFoundInEveryMappingAtOnce() {
        let text = "a: {x: 1, x: 2}\nb:\n- y: 1\n  y: 2\n- {z: [{q: 1, q: 2}]}\na: 3\n"
        #expect(places(text) == ["1:11 P001", "4:3 P001", "5:15 P001", "6:1 P001"])
    }

    @Test func theFirstOfTwoDuplicatesStays() {
        let (root, problems) = YAMLReader.read("a: 1\na: 2\nb: 3")
        #expect(problems.count == 1)
        #expect(root?.mapping?.count == 2)
        #expect(root?["a"]?.text == "1")
        #expect(root?["b"]?.text == "3")
    }

    @Test func aKeyIsFoundInAnyNotation() {
        let root = tree("{0x1F9C: x, name: y}")
        #expect(root["8092"]?.text == "x")
        #expect(root[.integer(0x1F9C)]?.text == "x")
        #expect(root.keyNode("8092")?.mark == Mark(line: 1, column: 2))
        #expect(root.keyNode("8093") == nil)
    }

    @Test func aListOrMappingIsNoKey() {
        #expect(places("? [a, b]\n: 1\nc: 2") == ["1:3 P003"])
        #expect(places("x: {{site}: 1}") == ["1:5 P003"])
        #expect(message("{a: b}: 1") == "expected a word or a number as key, found a mapping")
        #expect(YAMLReader.read("? [a]\n: 1\nc: 2").root?["c"]?.text == "2")
    }
}
