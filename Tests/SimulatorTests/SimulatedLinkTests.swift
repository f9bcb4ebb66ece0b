import DriverAPI
import Modbus
import ReadPlanning
import Testing

@testable import Simulator

@Suite struct SimulatedLinkTests {
    let clock = VirtualClock()
    let box = SimulatedDevice(profile: Make.powerBrain, fixture: Make.charging)
    let request = ReadRequest(.holding, at: 8092, count: 4)

    func link(_ pace: SimulatedLink.Pace) -> SimulatedLink {
        SimulatedLink(devices: [1: box], clock: clock, pace: pace)
    }

    @Test func aReadTakesAsLongAsTheLineSays() async throws {
        let link = link(.line(.serial(9600, .none), latency: .milliseconds(30)))
        let answer = try await link.answer(to: request, unit: 1, options: .init())
        // 13 + 2 × 4 characters and two silences of 3.5 characters, 10 bits each: 28 / 960 s, and 30 ms.
        #expect(answer.words == [2, 160, 1, 160])
        #expect(answer.duration > .microseconds(59160) && answer.duration < .microseconds(59170))
        #expect(link.lastFrame(to: 1) == .zero)
    }

    @Test func pausesBetweenRequestsAreKept() async throws {
        let link = link(.line(.tcp, latency: .milliseconds(10)))
        let options = RequestOptions(gaps: .init(between: .milliseconds(500), writes: .seconds(5)))
        let limit = WriteRequest(function: 6, address: 8093, words: [100])
        _ = try await link.read(request, unit: 1, options: options)
        try await link.write(limit, unit: 1, options: options)
        #expect(link.lastFrame(to: 1).map { $0 >= Make.seconds(0.51) && $0 < Make.seconds(0.52) } == true)
        try await link.write(limit, unit: 1, options: options)
        #expect(link.lastFrame(to: 1).map { $0 >= Make.seconds(5.52) && $0 < Make.seconds(5.53) } == true)
    }

    @Test func silenceCostsTheTimeout() async {
        let link = link(.line(.tcp, latency: .milliseconds(10)))
        await #expect(throws: LinkError.timeout) {
            try await link.read(request, unit: 9, options: .init(timeout: .seconds(2)))
        }
        #expect(clock.now == Make.seconds(2))
    }

    @Test func aClosedConnectionIsMadeAnew() async throws {
        var faults = DeviceFaults()
        faults.disconnectsEvery = 1
        box.setFaults(faults, at: .zero)
        let link = link(.instant)
        await #expect(throws: LinkError.self) { try await link.read(request, unit: 1, options: .init()) }
        #expect(link.connectionEpoch == 2)
    }

    @Test func changingBitsLeavesTheOthers() async throws {
        _ = box.writes(6, 8093, [0b1010], at: 0)
        let word = try await link(.instant).modify(
            8093, unit: 1, mask: 0b0110, bits: 0b0100, function: 6, options: .init())
        #expect(word == 0b1100)
        #expect(box.reads(8093) == .words([0b1100]))
    }
}
