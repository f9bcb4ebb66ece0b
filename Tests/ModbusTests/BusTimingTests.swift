import DriverAPI
import ReadPlanning
import Testing

@testable import Modbus

/// Order and pauses on a real connection; only what must last at least so long is measured.
@Suite struct BusTimingTests {
    let server: ModbusServer
    init() throws { server = try ModbusServer() }

    private func options(
        _ urgency: RequestOptions.Urgency = .poll, gaps: RequestGaps = .init()
    ) -> RequestOptions {
        RequestOptions(urgency: urgency, timeout: .seconds(20), gaps: gaps)
    }

    @Test func aSetPointOvertakesQueuedPolls() async throws {
        let device = Registers(turnaround: .milliseconds(100))
        let bus = Bus(try server.endpoint(device))
        let batch = (0..<100).map { UnitRead(ReadRequest(.holding, at: UInt16($0), count: 1), unit: 1) }
        async let polls = bus.read(batch, options: options())
        #expect(await eventually { device.asked.count >= 3 })
        try await bus.write(
            WriteRequest(function: 6, address: 9999, words: [1]), unit: 1, options: options(.setPoint))
        device.hurry()
        let position = try #require(device.asked.firstIndex { $0.function == 6 })
        #expect(position < 99)
        let results = await polls
        #expect(results.count == 100)
        for (index, result) in results.enumerated() { #expect(try result.get().words == [UInt16(index)]) }
    }

    @Test func pausesAreKept() async throws {
        let device = Registers()
        let bus = Bus(try server.endpoint(device))
        let pause = RequestGaps(between: .milliseconds(30))
        let read = ReadRequest(.holding, at: 1, count: 1)
        var answers: [Answer] = []
        for _ in 0..<4 { answers.append(try await bus.answer(to: read, unit: 1, options: options(gaps: pause))) }
        for (one, next) in zip(answers, answers.dropFirst()) {
            #expect(one.received.duration(to: next.sent) >= .milliseconds(30))
        }
    }

    @Test func theLineIsQuietBeforeAUnitThatNeedsIt() async throws {
        let bus = Bus(try server.endpoint(Registers()))
        let read = ReadRequest(.holding, at: 1, count: 1)
        let other = try await bus.answer(to: read, unit: 2, options: options())
        let gaps = RequestGaps(neighbour: .milliseconds(60))
        let first = try await bus.answer(to: read, unit: 1, options: options(gaps: gaps))
        #expect(other.received.duration(to: first.sent) >= .milliseconds(60))
    }

    @Test func aPauseFollowsTheConnection() async throws {
        let device = Registers()
        let bus = Bus(try server.endpoint(device))
        let start = SystemClock().now
        _ = try await bus.answer(
            to: ReadRequest(.holding, at: 1, count: 1), unit: 1,
            options: options(gaps: RequestGaps(afterConnect: .milliseconds(80))))
        let moment = try #require(device.asked.first?.moment)
        #expect(start.duration(to: moment) >= .milliseconds(80))
        #expect(device.asked.count == 1)
    }

    @Test func writesAreKeptApartAndModifyWaitsBetweenItsHalves() async throws {
        let device = Registers()
        let bus = Bus(try server.endpoint(device))
        let write = WriteRequest(function: 6, address: 1, words: [1])
        let gaps = RequestGaps(between: .milliseconds(20), writes: .milliseconds(70))
        try await bus.write(write, unit: 1, options: options(gaps: gaps))
        _ = try await bus.modify(1, unit: 1, mask: 1, bits: 1, function: 16, options: options(gaps: gaps))
        let asked = device.asked
        #expect(asked.map(\.function) == [6, 3, 16])
        #expect(asked[0].moment.duration(to: asked[2].moment) >= .milliseconds(70))
        #expect(asked[1].moment.duration(to: asked[2].moment) >= .milliseconds(20))
    }

    @Test func aRequestGivenUpWhileWaitingNeverGoesOut() async throws {
        let device = Registers(turnaround: .milliseconds(300))
        let bus = Bus(try server.endpoint(device))
        async let first = bus.registers(1)
        #expect(await eventually { device.asked.count == 1 })
        let waiting = Task { await failure { () async throws(LinkError) in try await bus.registers(2) } }
        waiting.cancel()
        #expect(await waiting.value == .cancelled)
        #expect(try await first == [1])
        #expect(try await bus.registers(3) == [3])
        #expect(device.asked.map(\.address) == [1, 3])
    }

    @Test func closingEndsWaitingRequestsAtOnce() async throws {
        let device = Registers(turnaround: .seconds(2))
        let bus = Bus(try server.endpoint(device))
        async let first = bus.registers(1)
        #expect(await eventually { device.asked.count == 1 })
        async let second = failure { () async throws(LinkError) in try await bus.registers(2) }
        try await Task.sleep(for: .milliseconds(30))
        bus.close()
        #expect(await second == .closed)
        #expect(try await first == [1])
        #expect(device.asked.count == 1)
    }

    @Test func aSilentUnitBehindAGatewayCostsItsNeighbourNothingButTime() async throws {
        let device = Registers()
        let bus = Bus(try server.endpoint(UnitHandlers([2: device])))
        for round in 0..<4 {
            let silent = await failure { () async throws(LinkError) in
                try await bus.registers(1, unit: 1, timeout: .milliseconds(50))
            }
            #expect(silent == .timeout)
            #expect(try await bus.registers(UInt16(round), unit: 2) == [UInt16(round)])
        }
        #expect(bus.connectionEpoch == 1)
        #expect(bus.statistics.units[1]?.timeouts == 4)
        #expect(bus.statistics.units[2]?.timeouts == 0)
    }
}
