import LoadManagement
import Testing

@testable import Recording

struct TreeTests {
    private struct Everything: Codable, Equatable {
        enum Choice: Codable, Equatable {
            case nothing
            case one(Int)
            case named(text: String, list: [Bool])
        }

        enum Colour: String, Codable, CaseIterable { case red, green }

        var bool = true
        var int = Int.min
        var small: Int8 = -128
        var unsigned: UInt64 = .max
        var byte: UInt8 = 255
        var double = -0.0
        var float: Float = 1.5
        var text = "ünïcödé \"\\\u{0}"
        var optional: Int?
        var optionals: [Int?] = [1, nil, 3]
        var set: Set<String> = ["b", "a", "c"]
        var map: [String: [Int]] = ["z": [], "a": [1, 2]]
        var numbered: [Int: String] = [10: "ten", 9: "nine"]
        var coloured: [Colour: Int] = [.red: 1, .green: 2]
        var choices: [Choice] = [.nothing, .one(7), .named(text: "x", list: [true, false])]
        var nested: [[PhaseCurrents]] = [[PhaseCurrents(1, -2, 3)], []]
        var empty: [String: Int] = [:]
        var maybe: [String: Int?] = ["none": nil, "one": 1]
    }

    @Test func everyShapeOfTypeComesBack() throws {
        var value = Everything()
        #expect(try TreeDecoder.value(Everything.self, from: TreeEncoder.tree(value)) == value)
        value.optional = 5
        value.double = .infinity
        #expect(try TreeDecoder.value(Everything.self, from: TreeEncoder.tree(value)) == value)
    }

    @Test func theSameValueMakesTheSameTree() throws {
        let words = (0..<50).map { "word \($0)" }
        let forward = try TreeEncoder.tree(Set(words))
        #expect(forward == .list(words.sorted().map(Tree.text)))
        var backward: [String: Int] = [:]
        for (place, word) in words.enumerated().reversed() { backward[word] = place }
        guard case .map(let entries) = try TreeEncoder.tree(backward) else {
            Issue.record("a dictionary is a map")
            return
        }
        #expect(entries.map(\.key) == words.sorted())
        let coloured = try TreeEncoder.tree([Everything.Colour.red: 1, .green: 2])
        #expect(coloured == .map([.init("green", .int(2)), .init("red", .int(1))]) || !coloured.elements.isEmpty)
    }

    @Test func anOptionalWithoutAValueIsThere() throws {
        let tree = try TreeEncoder.tree(BoxSnapshot(id: "a", state: .b))
        #expect(tree["minimum"] == .absent)
        #expect(tree["id"] == .text("a"))
    }

    @Test func numbersThatDoNotFitAreErrors() {
        #expect(throws: TreeError.self) { try TreeDecoder.value(UInt8.self, from: .int(256)) }
        #expect(throws: TreeError.self) { try TreeDecoder.value(UInt.self, from: .int(-1)) }
        #expect(throws: TreeError.self) { try TreeDecoder.value(Int.self, from: .large(.max)) }
    }

    @Test func anErrorNamesThePlace() throws {
        let box = BoxSetup(id: "a", node: "supply", ability: BoxAbility(maximum: 16_000))
        guard case .map(var entries) = try TreeEncoder.tree(Memory(bookings: ["a": BoxBooking(box)]))["bookings"],
            case .record(var booking) = entries[0].value
        else {
            Issue.record("bookings are a map of records")
            return
        }
        booking.removeAll { $0.key == "setup" }
        entries[0].value = .record(booking)
        let tree = Tree.record([.init("bookings", .map(entries))])
        #expect(throws: TreeError.missing(path: "bookings.a.setup")) { try TreeDecoder.value(Memory.self, from: tree) }
    }

    private struct Before: Codable { var old = 1 }
    private struct After: Codable, Equatable {
        var old = 1
        var list: [Int]
        var optional: Int?
        var map: [String: Int]
        var patience = 30
    }

    @Test func fieldsThatCameLaterAreAsInTheExample() throws {
        var assumed: Set<String> = []
        let tree = try TreeEncoder.tree(["a": [Before()]])
        let example = try TreeEncoder.tree(["": [After(list: [], map: [:])]])
        let value = try TreeDecoder.value([String: [After]].self, from: tree, example: example, assumed: &assumed)
        #expect(value == ["a": [After(old: 1, list: [], optional: nil, map: [:], patience: 30)]])
        #expect(assumed == ["*.*.list", "*.*.map", "*.*.patience"])
        #expect(throws: TreeError.missing(path: "a[0].patience")) {
            try TreeDecoder.value([String: [After]].self, from: tree, assumed: &assumed)
        }
    }

    @Test func fieldsThatCameLaterAreNoDifference() throws {
        let old = try TreeEncoder.tree(["a": Before()])
        let new = try TreeEncoder.tree(["a": After(list: [1], map: ["x": 1])])
        #expect(old.differences(from: new).isEmpty)
        let more = try TreeEncoder.tree(["a": After(old: 3, list: [], map: [:]), "b": After(list: [], map: [:])])
        let found = old.differences(from: more)
        #expect(found.map(\.path) == ["a.old", "b"])
        #expect(found.first?.distance == 2)
        #expect(found.first?.description == "a.old: recorded 1, now 3")
        #expect(found.last?.recorded == "nothing")
    }

    @Test func aDigestTellsApartWhatLooksAlike() throws {
        let trees: [Tree] = [
            .absent, .bool(false), .int(0), .int(1), .large(UInt64(Int64.max) + 1), .double(bits: 0), .text(""),
            .text("\0"), .text("ab"), .text("ba"), .list([]), .list([.absent]), .list([.int(0), .int(1)]),
            .list([.int(1), .int(0)]), .list([.list([.int(0)]), .int(1)]), .record([]), .map([]),
            .record([.init("a", .int(0))]), .record([.init("b", .int(0))]),
            .text("12345678"), .text("123456789"), .text("12345678\0"),
        ]
        #expect(Set(trees.map(TreeDigest.of)).count == trees.count)
    }
}
