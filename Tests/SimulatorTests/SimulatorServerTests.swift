import DeviceProfiles
import DriverAPI
import Modbus
import ReadPlanning
import Testing

@testable import Simulator

@Suite struct SimulatorServerTests {
    let state = ReadRequest(.holding, at: 8092, count: 4)

    @Test func aBoxOnTCPReadsAndWritesAsItsProfileSays() async throws {
        let now = SystemClock().now
        let box = SimulatedDevice(profile: Make.powerBrain, fixture: Make.charging, start: now)
        let server = try SimulatorServer()
        let listener = try server.serve([1: box], port: 0)
        let bus = Bus(.tcp(host: listener.host, port: listener.port))
        #expect(try await bus.read(state, unit: 1, options: .init()) == [2, 160, 1, 160])
        try await bus.write(WriteRequest(function: 6, address: 8093, words: [100]), unit: 1, options: .init())
        #expect(try await bus.read(state, unit: 1, options: .init())[1...] == [100, 1, 100])
        await #expect(throws: LinkError.exception(2)) {
            try await bus.read(ReadRequest(.holding, at: 8089, count: 1), unit: 1, options: .init())
        }
        await #expect(throws: LinkError.exception(1)) {
            try await bus.read(ReadRequest(.input, at: 8092, count: 1), unit: 1, options: .init())
        }
        bus.close()
        server.close()
    }

    @Test func severalUnitsShareOnePortAndAreToldApart() async throws {
        let now = SystemClock().now
        var other = Make.charging
        other.words[.holding]?[8092] = 1
        let server = try SimulatorServer()
        let units: [UInt8: SimulatedDevice] = [
            1: SimulatedDevice(profile: Make.powerBrain, fixture: Make.charging, start: now),
            7: SimulatedDevice(profile: Make.powerBrain, fixture: other, start: now),
        ]
        let listener = try server.serve(units, port: 0)
        let bus = Bus(.tcp(host: listener.host, port: listener.port))
        #expect(try await bus.read(state, unit: 1, options: .init()).first == 2)
        #expect(try await bus.read(state, unit: 7, options: .init()).first == 1)
        bus.close()
        server.close()
    }

    @Test func aBoxOnAPseudoTerminalAnswersAtTheSpeedOfItsLine() async throws {
        let clock = SystemClock()
        let box = SimulatedDevice(profile: Make.powerBrain, fixture: Make.charging, start: clock.now)
        let server = try SimulatorServer()
        let terminal = try PseudoTerminal()
        let parameters = LineParameters(baud: 9600)
        try server.serve([1: box], terminal: terminal, as: parameters)
        let bus = Bus(.serial(path: terminal.path, parameters))
        let start = clock.now
        let words = try await bus.read(
            ReadRequest(.holding, at: 8080, count: 9), unit: 1, options: .init(timeout: .seconds(20)))
        #expect(words == [0, 0, 0, 0, 300, 60, 0, 0, 0])
        // 23 bytes of answer with 10 bits each at 9600 bit/s.
        #expect(start.duration(to: clock.now) >= .milliseconds(23))
        bus.close()
        server.close()
    }

    @Test func aThousandBoxesAnswerInOneProcess() async throws {
        // Tests of serial lines run at the same time and need low descriptors.
        try DescriptorReserve.shared.prepare(lines: 64)
        let now = SystemClock().now
        let server = try SimulatorServer()
        var listeners: [(Listener, UInt16)] = []
        for number in 0..<1000 {
            var fixture = Make.charging
            fixture.words[.holding]?[8111] = UInt16(number)
            let box = SimulatedDevice(profile: Make.powerBrain, fixture: fixture, start: now)
            listeners.append((try server.serve([1: box], port: 0), UInt16(number)))
        }
        for (listener, number) in listeners {
            let bus = Bus(.tcp(host: listener.host, port: listener.port))
            let words = try await bus.read(
                ReadRequest(.holding, at: 8111, count: 1), unit: 1, options: .init(timeout: .seconds(20)))
            #expect(words == [number])
            bus.close()
        }
        server.close()
    }

    @Test func aDeviceTakesAsManyClientsAsItsProfileSays() async throws {
        var profile = Make.powerBrain
        profile.link.clients = 1
        let server = try SimulatorServer()
        let box = SimulatedDevice(profile: profile, fixture: Make.charging, start: SystemClock().now)
        let listener = try server.serve([1: box], port: 0)
        let first = Bus(.tcp(host: listener.host, port: listener.port))
        let second = Bus(.tcp(host: listener.host, port: listener.port))
        #expect(try await first.read(state, unit: 1, options: .init(timeout: .seconds(20))).count == 4)
        await #expect(throws: LinkError.self) { try await second.read(state, unit: 1, options: .init()) }
        first.close()
        second.close()
        server.close()
    }

    @Test func ordersTakeProfileAndFixtureApart() {
        let order = SimulationOrder("cfos.power-brain@fault", listen: "127.0.0.1:5020", unit: 3)
        #expect(order.profile == "cfos.power-brain")
        #expect(order.fixture == "fault")
        #expect(SimulationOrder("keba.p30", listen: "pty").fixture == nil)
    }

    @Test func ordersFindTheirPlaceWithTheProfilesDefaults() throws {
        var profile = Make.powerBrain
        profile.link.serial = .init(baud: 9600, parity: .none, stop: 1)
        func endpoint(_ listen: String) throws -> Endpoint {
            try SimulationOrder("x", listen: listen).endpoint(of: profile)
        }
        #expect(try endpoint("127.0.0.1:5020") == .tcp(host: "127.0.0.1", port: 5020))
        #expect(try endpoint("127.0.0.1:0") == .tcp(host: "127.0.0.1", port: 0))
        #expect(try endpoint("pty") == .serial(path: "/dev/pty", LineParameters(baud: 9600)))
        #expect(
            try endpoint("pty,19200,8,e,1") == .serial(path: "/dev/pty", LineParameters(baud: 19200, parity: .even)))
        #expect(throws: SimulationProblem.self) { try endpoint("ocpp://box") }
    }
}
