import DeviceProfiles
import DriverAPI
import Synchronization
import Testing

@testable import ModbusProfile

/// What a profile may not do is refused; stopping and lowering are always sent (load management, rule 1).
struct PermissionTests {
    /// The answer of the host, changed by the test.
    private final class Answer: Sendable {
        private let bars: Mutex<Set<WritePermission.Use>>
        private let flash: Mutex<Bool>

        init(_ bars: Set<WritePermission.Use> = Set(WritePermission.Use.allCases), flash: Bool = false) {
            self.bars = Mutex(bars)
            self.flash = Mutex(flash)
        }

        func bar(_ uses: Set<WritePermission.Use>) { bars.withLock { $0 = uses } }

        var permission: WritePermission {
            WritePermission { [self] use, wears in
                if bars.withLock({ $0.contains(use) }) { return "its profile is a draft" }
                return wears && flash.withLock { $0 } ? "it never writes flash" : nil
            }
        }
    }

    @Test func aBoxOfADraftIsNeitherStartedNorSetButStopped() async throws {
        let answer = Answer()
        let bench = try await Bench(Box.profile(), permission: answer.permission)
        for command in [Command.charge(.current(10)), .charge(.on), .set(point: "current_limit", value: .number(10))] {
            await #expect(throws: DriverError.self) { try await bench.engine.apply(command) }
        }
        #expect(bench.device.takeWrites() == [])
        #expect(try await bench.engine.apply(.charge(.off)).frames == ["06 1F9E 0000"])
    }

    @Test func theReasonIsTheHosts() async throws {
        let bench = try await Bench(Box.profile(), permission: Answer().permission)
        await #expect(throws: DriverError.refused("its profile is a draft")) {
            try await bench.engine.apply(.charge(.current(10)))
        }
    }

    @Test func aSessionGoesOnAndIsLoweredWhenThePermissionEnds() async throws {
        let answer = Answer([])
        let bench = try await Bench(Box.profile(), permission: answer.permission)
        _ = try await bench.engine.apply(.charge(.current(12)))
        answer.bar(Set(WritePermission.Use.allCases))
        await #expect(throws: DriverError.self) { try await bench.engine.apply(.charge(.current(13))) }
        // What it was told may be told again, and less.
        #expect(try await bench.engine.apply(.charge(.current(12)), isAnew: true).told == 12)
        #expect(try await bench.engine.apply(.charge(.current(8))).told == 8)
        await #expect(throws: DriverError.self) { try await bench.engine.apply(.charge(.current(9))) }
        #expect(try await bench.engine.apply(.charge(.off)).told == 0)
        await #expect(throws: DriverError.self) { try await bench.engine.apply(.charge(.current(6))) }
        answer.bar([])
        #expect(try await bench.engine.apply(.charge(.current(6))).told == 6)
    }

    @Test func aBoxThatFellBackIsNotToldAgainByItselfButOneThatRoseIs() async throws {
        let answer = Answer([])
        let bench = try await Bench(Box.profile(), permission: answer.permission)
        _ = try await bench.engine.apply(.charge(.current(10)))
        answer.bar([.charging])
        bench.device[8093] = 60
        _ = bench.device.takeLog()
        await bench.run(.seconds(20))
        #expect(bench.device.takeWrites() == [])
        bench.device[8093] = 160
        await bench.run(.seconds(9))
        #expect(bench.device.takeWrites() == ["06 1F9D 0064", "06 1F9E 0001"])
    }

    @Test func nothingIsPreparedAndNoTokenIsGivenBeforeThePermission() async throws {
        let answer = Answer()
        let token = PointDefinition.makeWriteOnly("x_life", write: .make(at: 50) { $0.kind = .command })
        let ready = PointDefinition.make("x_ready", at: 60, write: .make(at: 60) { $0.kind = .setting })
        let profile = KeepAliveTests.box(
            KeepAlive(
                satisfiedBy: .token, token: .init(point: "x_life", value: .value(.number(1))),
                deadline: .fixed(.seconds(10)), deviceThen: .stops), points: [token, ready]
        ) { $0.initWrites = [InitWrite(point: "x_ready", value: .value(.number(1)), mark: anywhere)] }
        let image = KeepAliveTests.image().merging([60: [0]]) { $1 }
        let bench = try await Bench(profile, holding: image, permission: answer.permission)
        await bench.run(.seconds(30))
        #expect(bench.device.takeWrites() == [])
        answer.bar([])
        await bench.run(.seconds(30))
        let writes = bench.device.takeWrites()
        #expect(writes.contains("06 003C 0001"))
        #expect(writes.contains("06 0032 0001"))
        // What keeps a box at what it was told goes on; without it the box would fall back to its own fall-back.
        _ = try await bench.engine.apply(.charge(.current(10)))
        answer.bar(Set(WritePermission.Use.allCases))
        _ = bench.device.takeLog()
        await bench.run(.seconds(30))
        #expect(Set(bench.device.takeWrites()) == ["06 0032 0001"])
    }

    @Test func flashMayBeBarredAlone() async throws {
        let flash = Box.limit { $0.persist = .flash }
        let bench = try await Bench(Box.profile(points: [flash]), permission: Answer([], flash: true).permission)
        await #expect(throws: DriverError.refused("it never writes flash")) {
            try await bench.engine.apply(.charge(.current(10)))
        }
        #expect(bench.device.takeWrites() == [])
        #expect(try await bench.engine.apply(.charge(.off)).told == 0)
    }

    @Test func whatABoxMayNotDoItsDescriptionDoesNotOffer() async throws {
        let wake = PointDefinition.makeWriteOnly("x_wake", write: .make(at: 70) { $0.kind = .command })
        let answer = Answer([.wakeUp])
        let profile = Box.profile(points: [wake]) {
            $0.control.wakeUp = SequenceControl(steps: [.write("x_wake", .number(1))], cooldown: .seconds(1))
        }
        let bench = try await Bench(profile, permission: answer.permission)
        #expect(await bench.engine.deviceDescription.charging?.wakesCars == false)
        await #expect(throws: DriverError.self) { try await bench.engine.apply(.wakeUp) }
        answer.bar([])
        #expect(await bench.engine.deviceDescription.charging?.wakesCars == true)
        #expect(try await bench.engine.apply(.wakeUp).frames == ["06 0046 0001"])
    }
}
