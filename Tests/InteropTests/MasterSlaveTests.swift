import Foundation
import Testing

/// A master host, a slave host and two boxes, each in a process of its own; masters and slaves are killed.
@Suite struct MasterSlaveTests {
    /// 20 A for two boxes of 16 A.
    private func master(_ addresses: [(String, Int)]) -> String {
        let devices = addresses.enumerated().map { place, address in
            """
              - {id: box\(place), profile: cfos.power-brain, address: "\(address.0)", unit: \(address.1), \
            failsafe: {current: 6 A, timeout: 10 s}}
            """
        }
        return """
            schema: site/1
            name: Master
            supply: {limit: 20 A}
            devices:
            \(devices.joined(separator: "\n"))
            """
    }

    private func slave(_ ports: [Int], _ server: String, mode: String = "role: slave", limit: Int = 63) -> String {
        """
        schema: site/1
        name: Slave
        \(mode)
        supply: {limit: \(limit) A}
        devices:
          - {id: a, profile: cfos.power-brain, address: "127.0.0.1:\(ports[0])"}
          - {id: b, profile: cfos.power-brain, address: "127.0.0.1:\(ports[1])"}
        modbus_server:
        \(server)
        """
    }

    @Test func setPointsAreFollowedAndNobodyPassesTheFuseWhenMasterOrSlaveDies() async throws {
        let boxes = try await SimulatedBoxes(2)
        let slave = try await RunningSite(
            self.slave(
                boxes.ports,
                """
                  - {listen: "127.0.0.1:0", unit: 1, device: a}
                  - {listen: "127.0.0.1:0", unit: 2, device: b}
                """))
        // Port 0 is one front for both.
        let port = try await slave.port("b answers")
        let sampler = try BoxSampler(boxes.ports)
        let master = try await RunningSite(self.master([("127.0.0.1:\(port)", 1), ("127.0.0.1:\(port)", 2)]))
        try await sampler.wait("both share 20 A") { $0 == [100, 100] }
        _ = sampler.takeHighest()

        // The master dies: after 10 s the slave lowers both to 6 A.
        try await master.kill()
        try await sampler.wait("the fail-safe") { $0 == [60, 60] }
        #expect(sampler.takeHighest() <= 200)

        // It comes back.
        try master.start()
        try await sampler.wait("both share 20 A again") { $0 == [100, 100] }
        #expect(sampler.takeHighest() <= 200)

        // The slave dies and comes back: what was ordered binds.
        try await slave.kill()
        try slave.start()
        _ = try await slave.port("b answers")
        try await Task.sleep(for: .seconds(3))
        #expect(sampler.takeHighest() <= 200)
        try await master.host.stop()
        try await slave.host.stop()
    }

    @Test func aSubSiteIsOneBoxOfItsMaster() async throws {
        let boxes = try await SimulatedBoxes(2)
        let below = try await RunningSite(
            slave(boxes.ports, "  - {listen: \"127.0.0.1:0\", device: site}", mode: "role: standalone", limit: 32))
        let port = try await below.port("site answers")
        let sampler = try BoxSampler(boxes.ports)
        // By itself it would share 32 A; its master leaves it 14 A.
        try await sampler.wait("both at 16 A") { $0 == [160, 160] }
        let above = try await RunningSite(
            """
            schema: site/1
            name: Above
            supply: {limit: 14 A}
            devices:
              - {id: garage, profile: cfos.power-brain, address: "127.0.0.1:\(port)", options: {rated_current: 32 A}, \
            failsafe: {current: 12 A, timeout: 10 s}}
            """)
        try await sampler.wait("both share 14 A") { $0.reduce(0, +) <= 140 && $0.allSatisfy { $0 >= 60 } }
        _ = sampler.takeHighest()
        try await above.kill()
        try await sampler.wait("the fail-safe of 12 A") { $0 == [60, 60] }
        #expect(sampler.takeHighest() <= 140)
        try await below.kill()
        try below.start()
        _ = try await below.port("site answers")
        try await Task.sleep(for: .seconds(5))
        #expect(sampler.takeHighest() <= 140)
        try await below.host.stop()
    }

    @Test func theSameOverASerialLine() async throws {
        let boxes = try await SimulatedBoxes(2)
        let (cable, folder) = try await Line.pair()
        let slave = try await RunningSite(
            self.slave(
                boxes.ports,
                """
                  - {line: "\(folder.path)/ours,9600,8,n,1", unit: 1, device: a}
                  - {line: "\(folder.path)/ours,9600,8,n,1", unit: 2, device: b}
                """))
        try await slave.log("b answers masters")
        let sampler = try BoxSampler(boxes.ports)
        let line = "\(folder.path)/theirs,9600,8,n,1"
        let master = try await RunningSite(self.master([(line, 1), (line, 2)]))
        try await sampler.wait("both share 20 A") { $0 == [100, 100] }
        _ = sampler.takeHighest()
        try await master.kill()
        try await sampler.wait("the fail-safe") { $0 == [60, 60] }
        #expect(sampler.takeHighest() <= 200)
        try master.start()
        try await sampler.wait("both share 20 A again") { $0 == [100, 100] }
        try await master.host.stop()
        try await slave.host.stop()
        try await cable.stop(SIGKILL)
    }

    @Test func aSlaveThatOverwritesIsTold() async throws {
        // A Power Brain left in load distribution, with a car that waits: it sets its limit back by itself.
        let idle = PymodbusServerTests.powerBrain
            .replacing("0, 11040, 0, 160, 0, 159, 0, 161", with: "0, 0, 0, 0, 0, 0, 0, 0")
            .replacing("[0, 0, 2, 160, 1, 160]", with: "[0, 0, 1, 160, 1, 160]")
        let server = try await Line.tcp(idle)
        let master = try await RunningSite(
            """
            schema: site/1
            name: Master
            supply: {limit: 10 A}
            devices:
              - {id: garage, profile: cfos.power-brain, address: "127.0.0.1:\(server.port)"}
            """)
        let box = try ModbusMaster.tcp(server.port)
        _ = try await box.wait(8093) { $0 == [100] }
        let client = ControlSocketText(folder: master.folder.path + "/data")
        var alarms = ""
        for _ in 0..<300 where !alarms.contains("holds 16 A") {
            try await box.write(8093, [160])
            try await Task.sleep(for: .milliseconds(200))
            alarms = try await client.site()
        }
        #expect(alarms.contains("garage: holds 16 A though it was told"))
        #expect(alarms.contains("set its load management to Observation"))
        try await master.host.stop()
        server.peer.closeInput()
    }
}
