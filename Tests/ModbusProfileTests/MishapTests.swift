import DeviceProfiles
import DriverAPI
import Modbus
import Testing

@testable import ModbusProfile

/// Commands among random mishaps on the line and in the box: what is told, read and written must stay consistent.
struct MishapTests {
    struct Dice {
        private var state: UInt64
        init(_ seed: Int) { state = UInt64(seed) &* 0x9E37_79B9_7F4A_7C15 | 1 }

        mutating func roll(_ sides: Int) -> Int {
            state ^= state << 13
            state ^= state >> 7
            state ^= state << 17
            return Int(state % UInt64(sides))
        }
    }

    static func profile(watchdog: Bool) -> DeviceProfile {
        let restarts = PointDefinition.make("restarts", at: 8120, poll: .normal)
        let mode = PointDefinition.make("x_mode", at: 600, poll: .onDemand, write: .make(at: 600))
        return Box.profile(points: [restarts, mode]) {
            $0.initWrites = [InitWrite(point: "x_mode", value: .value(.number(4)), mark: anywhere)]
            if watchdog {
                $0.keepAlive = KeepAlive(satisfiedBy: .setPoint, deadline: .fixed(.seconds(20)), deviceThen: .stops)
            }
        }
    }

    @Test(arguments: 0..<60)
    func aWrittenLimitIsAlwaysOneThatStillHolds(_ seed: Int) async throws {
        var dice = Dice(seed + 1)
        let bench = try await Bench(Self.profile(watchdog: seed % 2 == 0), connects: false)
        // What may still be written: the value of the last command that succeeded, and of every one tried since.
        var allowed: Set<UInt16> = []
        for _ in 0..<250 {
            mishap(&dice, bench.device)
            let target = UInt16(60 + 10 * dice.roll(11))
            if dice.roll(4) == 0 {
                let command: Command =
                    dice.roll(5) == 0 ? .charge(.off) : .charge(.current(Exact(Int128(target), over: 10) ?? 0))
                if command != .charge(.off) { allowed.insert(target) }
                _ = bench.device.takeLog()
                if let outcome = try? await bench.engine.apply(command) {
                    allowed = command == .charge(.off) ? [] : [target]
                    #expect(outcome.told == (command == .charge(.off) ? 0 : Exact(Int128(target), over: 10)))
                    #expect(await bench.engine.told == outcome.told)
                    if outcome.frames.isEmpty { continue }
                    #expect(bench.device[8094] == (outcome.told == 0 ? 0 : 1))
                    if outcome.told != 0 { #expect(bench.device[8093] == target) }
                }
            } else {
                await bench.engine.round()
            }
            let written = bench.device.takeLog().filter { $0.hasPrefix("06 1F9D ") }
            for frame in written where await bench.engine.told != 0 {
                let word = try #require(UInt16(frame.suffix(4), radix: 16))
                #expect(allowed.contains(word), "\(frame) is none of \(allowed)")
            }
            bench.clock.advance(by: .milliseconds(100 * (1 + dice.roll(20))))
        }
        bench.device.change { state in
            state.always = nil
            state.script = []
            state.writeExceptions = [:]
            state.deaf = []
        }
        await bench.run(.seconds(120))
        #expect(bench.reports.links.last == .online)
        #expect(await bench.quality("state") == .good)
        #expect(try await bench.engine.apply(.charge(.current(9))).told == 9)
    }

    private func mishap(_ dice: inout Dice, _ device: FakeDevice) {
        let failures: [LinkError] = [
            .timeout, .garbled("checksum"), .disconnected("reset"), .exception(4), .exception(6),
            .unreachable("refused"),
        ]
        let failure = failures[dice.roll(failures.count)]
        let kind = dice.roll(14)
        device.change { state in
            switch kind {
            case 0: state.always = failure
            case 1, 2, 3: state.always = nil
            case 4: state.script = [nil, failure]
            case 5: state.writeExceptions = state.writeExceptions.isEmpty ? [8093: 4] : [:]
            case 6: state.deaf = state.deaf.isEmpty ? [8093] : []
            case 7: state.epoch += 1
            case 8: state.words[.holding, default: [:]][8120, default: 0] &+= 1
            case 9: state.words[.holding, default: [:]][8093] = 160
            default: break
            }
        }
    }
}
