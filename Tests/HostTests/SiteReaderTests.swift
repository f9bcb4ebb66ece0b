import DriverAPI
import Testing

@testable import Host

@Suite struct SiteReaderTests {
    static let garage = """
        schema: site/1
        name: Garage Nord
        role: master
        mode: manage
        supply:
          limit: 35 A
          reserve: 1 A
          unbalance: 20 A
          max_evse_power: 22 kW
          meter: grid
          meter_lost: 25 A
        circuits:
          - {id: basement, parent: supply, limit: 32 A, base: 2 A}
        devices:
          - id: garage
            own: true
            profile: cfos.power-brain
            address: internal
            unit: 1
            circuit: basement
            rotation: 231
            priority: 1
            options: {rated_current: 16 A}
            connector: 1
            unattended: refused
            enabled: true
          - {id: grid, profile: eastron.sdm630, address: "COM1,9600,8,n,1", unit: 20, role: grid}
        serial: {COM1: /dev/ttyUSB0}
        profiles: [./profiles]
        """

    func read(_ text: String) -> (site: Site?, problems: [String]) {
        let (site, problems) = SiteReader.read(Array(text.utf8), file: "s.yaml")
        return (site, problems.map { $0.text(file: "s.yaml") })
    }

    func problems(_ search: String, _ replacement: String) -> [String] {
        read(Self.garage.replacing(search, with: replacement)).problems
    }

    @Test func everyKeyOfTheDesignsExampleIsUnderstood() throws {
        let (site, problems) = read(Self.garage)
        #expect(problems == [])
        let found = try #require(site)
        #expect(found.name == "Garage Nord")
        #expect(found.supply.limit == [35, 35, 35])
        #expect(found.supply.reserve == 1)
        #expect(found.supply.meter == "grid")
        #expect(found.supply.meterLost == 25)
        #expect(found.unbalance == 20)
        #expect(found.supply.maxEVSEPower == 22000)
        #expect(found.circuits.map(\.id) == ["basement"])
        #expect(found.circuits[0].base == [2, 2, 2])
        let box = found.devices[0]
        #expect(box.own && box.rotation == "231" && box.priority == 1 && box.connector == 1)
        #expect(box.options == ["rated_current": "16 A"])
        #expect(found.devices[1].role == .grid)
        #expect(found.devices[1].unit == 20)
        #expect(found.serial == ["COM1": "/dev/ttyUSB0"])
        #expect(found.profileFolders == ["./profiles"])
    }

    @Test func limitsCanDifferByPhase() throws {
        let (site, problems) = read(
            Self.garage.replacing("  limit: 35 A", with: "  limit: {l1: 35 A, l2: 35 A, l3: 32 A}"))
        #expect(problems == [])
        #expect(site?.supply.limit == [35, 35, 32])
    }

    @Test func powerBecomesCurrentAt230VoltsRoundedDown() throws {
        let (site, problems) = read(Self.garage.replacing("  limit: 35 A", with: "  max_total_power: 24 kW"))
        #expect(problems == [])
        let expected = try #require(Exact(text: "34.782"))
        #expect(site?.supply.limit == [expected, expected, expected])
    }

    @Test(arguments: [
        ("limit: 35 A", "limti: 35 A", "s.yaml:6:3 S002 supply has no key \"limti\", did you mean \"limit\"?"),
        (
            "limit: 35 A", "limit: 35A",
            "s.yaml:6:10 S003 supply: limit \"35A\" must be a number, one blank and a unit, such as 35 A"
        ),
        ("limit: 35 A", "limit: 35 kW", "s.yaml:6:10 S003 supply: limit needs a unit of A, mA, not \"kW\""),
        (
            "role: master", "role: mester",
            "s.yaml:3:7 S003 the site file: role \"mester\" is none of master, slave, standalone, did you mean \"master\"?"
        ),
        (
            "schema: site/1", "schema: site/2",
            "s.yaml:1:9 S010 the site file: schema \"site/2\" is unknown; this version reads site/1"
        ),
        (
            "circuit: basement", "circuit: basment",
            "s.yaml:15:5 S020 device garage: circuit \"basment\" is unknown, did you mean \"basement\"?"
        ),
        ("meter: grid", "meter: gird", "s.yaml:6:3 S020 circuit supply: meter \"gird\" is no device"),
        (
            "parent: supply", "parent: basement",
            "s.yaml:13:5 S020 circuit basement never reaches the supply: its parents go round in a circle"
        ),
        ("id: grid,", "id: garage,", "s.yaml:27:5 S011 device \"garage\" is there already, in line 15"),
        (
            "rotation: 231", "rotation: 112",
            "s.yaml:21:15 S003 device garage: rotation \"112\" is none of 123, 231, 312, 132, 213, 321, unknown"
        ),
        ("own: true", "own: yes", "s.yaml:16:10 S003 device garage: own must be true or false, not \"yes\""),
        (
            "unit: 1\n", "unit: 256\n",
            "s.yaml:19:11 S003 device garage: unit must be a whole number from 0 to 255, not \"256\""
        ),
        (
            "role: grid}", "role: box}",
            "s.yaml:27:5 S042 meter grid has role box and needs \"of:\" with the id of that box"
        ),
        ("reserve: 1 A", "reserve: 40 A", "s.yaml:7:12 S020 supply: reserve 40 A is more than the limit 35 A"),
        ("name: Garage Nord\n", "", "s.yaml:1:1 S004 the site file needs the key \"name\""),
    ])
    func everyMistakeIsNamedAtItsPlace(_ search: String, _ replacement: String, _ expected: String) {
        #expect(problems(search, replacement).contains(expected), "\(problems(search, replacement))")
    }

    @Test func allMistakesComeAtOnceAndInOrder() {
        let text = Self.garage.replacing("limit: 35 A", with: "limit: lots").replacing(
            "role: grid}", with: "role: gird}"
        )
        .replacing("own: true", with: "own: perhaps")
        let (site, problems) = read(text)
        #expect(site == nil)
        #expect(problems.count == 3)
        #expect(problems.map { $0.split(separator: ":")[1] } == ["6", "16", "27"])
    }

    @Test func keysOfLaterVersionsAreReportedAndNotIgnoredInSilence() {
        let (site, problems) = read(Self.garage + "\nmqtt: {url: mqtt://broker}\n")
        #expect(site != nil)
        #expect(problems.count == 1)
        #expect(problems.first?.contains("S090 warning: the site file: mqtt is not available") == true)
    }

    @Test func circuitsMayStandInAnyOrder() {
        let text = Self.garage.replacing(
            "  - {id: basement, parent: supply, limit: 32 A, base: 2 A}",
            with: "  - {id: shelf, parent: basement, limit: 16 A}\n  - {id: basement, limit: 32 A}")
        let (site, problems) = read(text)
        #expect(problems == [])
        #expect(site?.circuits.map(\.id) == ["basement", "shelf"])
    }

    @Test func linksOfThePageAreAddressesOfTheWeb() throws {
        func read(_ links: String) -> (site: Site?, problems: [SiteProblem]) {
            SiteReader.read(
                Array("schema: site/1\nname: L\nsupply: {limit: 35 A}\nlinks: \(links)\n".utf8), file: "s.yaml")
        }
        let (site, problems) = read(
            "{Slave: \"https://slave.local/\", Master: \"http://192.168.125.124:8080/\"}")
        #expect(problems == [])
        #expect(site?.links.map(\.title) == ["Master", "Slave"])
        for wrong in ["javascript:alert(1)", "ftp://a/", "192.168.125.124", "http://", "http://a:b@c/"] {
            #expect(read("{Master: \"\(wrong)\"}").problems.map(\.code) == [.address], "\(wrong)")
        }
    }
}
