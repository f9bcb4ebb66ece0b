import Testing

@testable import OCPP

@Suite struct ChargePointIDTests {
    @Test(arguments: [("SITE#002", 2), ("SITE#5", 5), ("A#B#10", 10), ("#3", 3), ("SITE", nil), ("CP_2", nil)])
    func theSuffixIsADecimalNumber(id: String, connector: Int?) throws {
        #expect(try #require(ChargePointID(id)).connector() == connector)
    }

    @Test(arguments: [
        "SITE#", "SITE#x", "SITE#-2", "SITE#+2", "SITE#2a", "SITE#0x2", "SITE#99999999999999999999", "S#1#",
    ])
    func aSuffixThatIsNoNumberIsAProblem(id: String) throws {
        #expect(throws: SuffixProblem.notANumber(id: id)) { try #require(ChargePointID(id)).connector() }
    }

    @Test func theMastersNumbersAndThoseOfOthersAreProblems() throws {
        for (id, number) in [("S#0", 0), ("S#1", 1), ("S#001", 1)] {
            #expect(throws: SuffixProblem.ofTheMaster(id: id, connector: number)) {
                try #require(ChargePointID(id)).connector()
            }
        }
        let id = try #require(ChargePointID("S#002"))
        #expect(throws: SuffixProblem.taken(id: "S#002", connector: 2)) { try id.connector(taken: [2, 3]) }
        #expect(try id.connector(taken: [3]) == 2)
    }

    @Test func inAPathTheMarkIsEncoded() throws {
        #expect(ChargePointID("SITE#002")?.pathComponent == "SITE%23002")
        #expect(ChargePointID("a-b_c.d~e%@")?.pathComponent == "a-b_c.d~e%25%40")
        for text in ["SITE#002", "a%b", "x!$&'()*+,;=@[]"] {
            let id = try #require(ChargePointID(text))
            #expect(ChargePointID(pathComponent: id.pathComponent) == id)
        }
        #expect(ChargePointID(pathComponent: "SITE#5") == ChargePointID("SITE#5"))
    }

    @Test(arguments: ["", "a b", "a/b", "a:b", "a?b", "ä", "a\u{0}", String(repeating: "x", count: 49)])
    func whatCannotBeAUserNameOrAPathIsNoId(text: String) {
        #expect(ChargePointID(text) == nil)
    }

    @Test(arguments: ["a%", "a%2", "a%zz", "a%2Fb", "a%00", "a%ff", "%"])
    func aBadlyEncodedPathIsNoId(text: String) {
        #expect(ChargePointID(pathComponent: text) == nil)
    }
}
