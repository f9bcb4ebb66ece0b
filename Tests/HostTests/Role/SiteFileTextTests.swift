import Testing

@testable import Host

@Suite struct SiteFileTextTests {
    private let file = """
        # The garage in the north
        schema: site/1
        name: Garage Nord   # as on the door
        role: "master"      # until spring

        supply: {limit: 35 A}
        ocpp:
          # The operator's
          backend:
            url: wss://csms.example/ocpp   # since May
            id: NORD-1
          # Ours
          slaves: {json: "0.0.0.0:19520"}

        # Boxes
        devices:
          - {id: a, profile: cfos.power-brain, address: internal}
        """

    @Test func aValueChangesAndItsCommentStays() throws {
        var text = SiteFileText(file)
        try text.setScalar("role", to: "slave", after: "name")
        #expect(text.text == file.replacing("role: \"master\"      # until", with: "role: slave      # until"))
        try text.setScalar("role", to: "\"master\"", after: "name")
        #expect(text.text == file)
    }

    @Test func aNewKeyComesBehindTheOneNamedAndGoesWithoutATrace() throws {
        var text = SiteFileText(file)
        try text.setScalar("mode", to: "observe", after: "role")
        #expect(text.text.contains("role: \"master\"      # until spring\nmode: observe\n\nsupply"))
        #expect(try text.scalar("mode") == "observe")
        try text.setScalar("mode", to: nil, after: "role")
        #expect(text.text == file)
    }

    @Test func aPartOfASectionIsTakenOutAndPutBackByteForByte() throws {
        var text = SiteFileText(file)
        let raw = try #require(try text.raw("backend", in: "ocpp"))
        #expect(raw == "  backend:\n    url: wss://csms.example/ocpp   # since May\n    id: NORD-1\n")
        try text.setRaw("backend", in: "ocpp", to: "backend: {url: \"ws://m:1\", id: \"N#002\"}")
        #expect(text.text.contains("  # The operator's\n  backend: {url: \"ws://m:1\", id: \"N#002\"}\n  # Ours\n"))
        try text.setRaw("backend", in: "ocpp", to: raw)
        #expect(text.text == file)
    }

    @Test func theLastPartOfASectionTakesTheSectionWithIt() throws {
        let short = "schema: site/1\nname: A\nocpp:\n  slaves: {json: \"0.0.0.0:1\"}\n\n# end\n"
        var text = SiteFileText(short)
        try text.setRaw("slaves", in: "ocpp", to: nil)
        #expect(text.text == "schema: site/1\nname: A\n\n# end\n")
        try text.setRaw("slaves", in: "ocpp", to: "slaves: {json: \"0.0.0.0:1\"}")
        #expect(text.text == "schema: site/1\nname: A\nocpp:\n  slaves: {json: \"0.0.0.0:1\"}\n\n# end\n")
    }

    @Test func aFileWithoutALastLineEndAndOneWithWindowsLineEndsStayWhatTheyAre() throws {
        var bare = SiteFileText("name: A")
        try bare.setScalar("role", to: "slave", after: "name")
        #expect(bare.text == "name: A\nrole: slave\n")
        var windows = SiteFileText("name: A\r\nrole: master # x\r\n")
        try windows.setScalar("role", to: "slave", after: "name")
        try windows.setScalar("mode", to: "off", after: "role")
        #expect(windows.text == "name: A\r\nrole: slave # x\r\nmode: off\r\n")
    }

    @Test func whatIsInBracesIsRefusedAndNotRewritten() throws {
        var flow = SiteFileText("name: A\nocpp: {slaves: {json: \"0.0.0.0:1\"}}\n")
        #expect(throws: SiteFileText.Refusal.braces("ocpp")) { try flow.setRaw("slaves", in: "ocpp", to: nil) }
        var whole = SiteFileText("{name: A, role: master}\n")
        #expect(throws: SiteFileText.Refusal.braces("the site file")) {
            try whole.setScalar("role", to: "slave", after: "name")
        }
        var broken = SiteFileText("name: [\n")
        #expect(throws: SiteFileText.Refusal.self) { try broken.setScalar("role", to: "slave", after: "name") }
    }
}
