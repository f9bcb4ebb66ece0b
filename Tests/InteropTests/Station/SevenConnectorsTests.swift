import Foundation
import Testing

/// One charge point of seven connectors: the site, the master's own box, two Modbus slaves, two OCPP boxes of other makes,
/// and a chargehost in the binary framing; the backend and the boxes of other makes are not ours.
@Suite struct SevenConnectorsTests {
    private final class World {
        let central: CentralSystem
        let boxes: PowerBrains
        let master: RunningSite
        let slave: SlaveHost
        let strangers: [Peer]

        init() async throws {
            central = try await CentralSystem()
            boxes = try await PowerBrains(4)
            master = try await RunningSite(
                """
                schema: site/1
                name: Seven
                role: master
                supply: {limit: 160 A}
                devices:
                  - {id: own, own: true, profile: cfos.power-brain, address: "127.0.0.1:\(boxes.ports[0])"}
                  - {id: left, profile: cfos.power-brain, address: "127.0.0.1:\(boxes.ports[1])", connector: 2}
                  - {id: right, profile: cfos.power-brain, address: "127.0.0.1:\(boxes.ports[2])", connector: 3}
                  - {id: north, address: "ocpp://BOX7", connector: 4, options: {rated_current: 16 A}}
                  - {id: south, address: "ocpp://BOX8", connector: 5, options: {rated_current: 16 A}}
                  - {id: cellar, address: "ocpp://CELLAR%23006", options: {rated_current: 16 A}}
                ocpp:
                  backend: {url: "ws://127.0.0.1:\(central.port)/ocpp", id: NORD-1, security_profile: 0}
                  slaves: {json: "127.0.0.1:0", binary: "127.0.0.1:0", security_profile: 0}
                """)
            _ = try await master.port("slaves connect at")
            try await master.log("slaves connect at")
            let places = try await Self.places(master)
            strangers = try ["BOX7", "BOX8"].map {
                try Programs.python("ocpp_charge_point.py", ["ws://127.0.0.1:\(places[0])", $0])
            }
            slave = try await SlaveHost("tcp://127.0.0.1:\(places[1])", id: "CELLAR#006", box: boxes.ports[3])
        }

        /// The ports for slaves, JSON first.
        private static func places(_ site: RunningSite) async throws -> [Int] {
            for _ in 0..<6000 {
                let found = site.host.errorText.components(separatedBy: "\n").compactMap { line -> Int? in
                    guard line.contains("slaves connect at"),
                        let range = line.range(of: #"127\.0\.0\.1:\d+"#, options: .regularExpression)
                    else { return nil }
                    return Int(line[range].dropFirst("127.0.0.1:".count))
                }
                if found.count == 2 { return found }
                try await Task.sleep(for: .milliseconds(10))
            }
            throw Peer.Failure(description: "the master listens nowhere:\n\(site.host.errorText)")
        }

        /// The box behind a connector whose registers the test sets; nil for a box of another make.
        func box(_ connector: Int) -> Int? { [1: 0, 2: 1, 3: 2, 6: 3][connector] }

        func status(_ connector: Int, _ status: String, _ count: Int = 1) async throws {
            try await central.wait("StatusNotification", count) {
                $0["connectorId"] as? Int == connector && $0["status"] as? String == status
            }
        }

        func change(_ key: String, _ value: String) async throws -> String? {
            try await central.call("ChangeConfiguration", "{\"key\": \"\(key)\", \"value\": \"\(value)\"}")["status"]
                as? String
        }

        /// The value a key has upstream.
        func value(_ key: String) async throws -> String? {
            let answer = try await central.call("GetConfiguration", "{\"key\": [\"\(key)\"]}")
            let known = answer["configuration_key"] as? [[String: Any]]
            return known?.first?["value"] as? String
        }

        /// What a box of another make was asked for.
        func state(_ stranger: Int) async throws -> [String: Any] {
            let start = strangers[stranger].lines.count
            strangers[stranger].send(#"{"state": 1}"#)
            let line = try await strangers[stranger].line(from: start) { $0.hasPrefix("{\"state\"") }
            return try #require(CentralSystem.object(line)["state"] as? [String: Any])
        }

        func changes(_ stranger: Int) async throws -> [String] {
            let received = try await state(stranger)["received"] as? [[Any]] ?? []
            return received.compactMap { entry in
                guard entry.first as? String == "ChangeConfiguration" else { return nil }
                return (entry.last as? [String: Any])?["key"] as? String
            }
        }

        func end() async throws {
            #expect(try await slave.site.host.stop() == 0)
            #expect(try await master.host.stop() == 0)
            for stranger in strangers { try await stranger.stop(SIGKILL) }
            try await boxes.end()
        }
    }

    @Test(.timeLimit(.minutes(8))) func everyConnectorIsSeenStartedLimitedConfiguredAndStopped() async throws {
        let world = try await World()
        for connector in 0...6 { try await world.status(connector, "Available") }
        #expect(try await world.value("NumberOfConnectors") == "6")
        let transactions = try await Self.start(world)
        try await Self.limit(world, transactions)
        try await Self.configure(world)
        try await Self.stop(world, transactions)
        // One charge point, booted once, over one connection.
        #expect(world.central.received("BootNotification").count == 1)
        #expect(world.central.peer.lines.filter { $0.contains("\"ev\": \"open\"") }.count == 1)
        try await world.end()
    }

    /// Starts all six remotely; the backend's id of every transaction, by connector.
    private static func start(_ world: World) async throws -> [Int: Int] {
        var transactions: [Int: Int] = [:]
        for connector in 1...6 {
            if let box = world.box(connector) {
                try await world.boxes.energy(box, 1000 * connector)
                try await world.boxes.set(box, 8092, 1)
                try await world.status(connector, "Preparing")
            }
            let answer = try await world.central.call(
                "RemoteStartTransaction", "{\"connectorId\": \(connector), \"idTag\": \"CARD\(connector)\"}")
            #expect(answer["status"] as? String == "Accepted", "connector \(connector)")
            let start = try await world.central.wait("StartTransaction") { $0["connectorId"] as? Int == connector }
            #expect(start["idTag"] as? String == "CARD\(connector)")
            if world.box(connector) != nil { #expect(start["meterStart"] as? Int == 1000 * connector) }
            transactions[connector] = 70000 + connector
            if let box = world.box(connector) {
                try await world.boxes.wait(box, allowed: true)
                try await world.boxes.set(box, 8092, 2)
            }
            try await world.status(connector, "Charging")
        }
        #expect(world.central.received("StartTransaction").count == 6)
        return transactions
    }

    /// A profile for the running transaction of every connector is what its box is told.
    private static func limit(_ world: World, _ transactions: [Int: Int]) async throws {
        for (connector, transaction) in transactions.sorted(by: { $0.key < $1.key }) {
            let profile = """
                {"connectorId": \(connector), "csChargingProfiles": {"chargingProfileId": \(connector),
                "transactionId": \(transaction), "stackLevel": 0, "chargingProfilePurpose": "TxProfile",
                "chargingProfileKind": "Relative", "chargingSchedule": {"chargingRateUnit": "A",
                "chargingSchedulePeriod": [{"startPeriod": 0, "limit": \(6 + connector).0}]}}}
                """.replacing("\n", with: " ")
            #expect(try await world.central.call("SetChargingProfile", profile)["status"] as? String == "Accepted")
            if let box = world.box(connector) {
                try await world.boxes.wait(box, limit: 10 * (6 + connector))
            } else {
                try await Self.waitForLimit(Double(6 + connector), world, connector - 4)
            }
        }
    }

    /// Waits until load management has told a box of another make this much.
    private static func waitForLimit(_ amperes: Double, _ world: World, _ stranger: Int) async throws {
        var limits: [Double] = []
        for _ in 0..<600 {
            let profiles = try await world.state(stranger)["profiles"] as? [[Any]] ?? []
            limits = profiles.filter { $0.first as? Int == 1 }.compactMap { entry -> Double? in
                let schedule = (entry.last as? [String: Any])?["charging_schedule"] as? [String: Any]
                let periods = schedule?["charging_schedule_period"] as? [[String: Any]]
                return periods?.first?["limit"] as? Double
            }
            if limits.last == amperes { return }
            try await Task.sleep(for: .milliseconds(100))
        }
        let log = world.master.host.errorText.suffix(2000)
        Issue.record("box \(stranger) was never told \(amperes) A but \(limits); \(log)")
    }

    private static func configure(_ world: World) async throws {
        // Both: one value everywhere, so all slaves are asked.
        #expect(try await world.change("ConnectionTimeOut", "77") == "Accepted")
        #expect(try await world.value("ConnectionTimeOut") == "77")
        for stranger in 0...1 {
            let keys = try await world.state(stranger)["keys"] as? [String: Any]
            #expect(keys?["ConnectionTimeOut"] as? String == "77")
        }
        #expect(try await world.slave.key("ConnectionTimeOut") == "77")
        // Individual: the bare key is connector 1, _2 the Modbus box, _6 the slave, which knows it by its bare name.
        #expect(try await world.change("OperatorCurrentLimit_2", "7") == "Accepted")
        try await world.boxes.wait(1, limit: 70)
        #expect(try await world.value("OperatorCurrentLimit_2") == "7")
        #expect(try await world.value("OperatorCurrentLimit") != "7")
        #expect(try await world.change("OperatorCurrentLimit_6", "8") == "Accepted")
        try await world.boxes.wait(3, limit: 80)
        #expect(try await world.slave.key("OperatorCurrentLimit") == "8")
        // Master and Not relevant: the host alone; no slave hears of them, and a suffix makes them unknown.
        for (key, value) in [("TransactionMessageRetryInterval", "31"), ("CpoName", "Nord")] {
            #expect(try await world.change(key + "_2", value) == "NotSupported")
            #expect(try await world.change(key, value) == "Accepted")
            #expect(try await world.value(key) == value)
            for stranger in 0...1 { #expect(try await !world.changes(stranger).contains(key)) }
            #expect(try await world.slave.key(key) != value)
        }
    }

    private static func stop(_ world: World, _ transactions: [Int: Int]) async throws {
        for (connector, transaction) in transactions.sorted(by: { $0.key > $1.key }) {
            let answer = try await world.central.call(
                "RemoteStopTransaction", "{\"transactionId\": \(transaction)}")
            #expect(answer["status"] as? String == "Accepted", "connector \(connector)")
            let stop = try await world.central.wait("StopTransaction") {
                $0["transactionId"] as? Int == transaction
            }
            #expect(stop["reason"] as? String == "Remote")
            guard let box = world.box(connector) else { continue }
            try await world.boxes.wait(box, allowed: false)
            try await world.boxes.set(box, 8092, 0)
        }
        for connector in 1...6 { try await world.status(connector, "Available", 2) }
        #expect(world.central.received("StopTransaction").count == 6)
    }
}
