import DriverAPI
import Foundation
import Testing

@testable import Modbus

/// A short run with every test; a long one, under an address sanitizer, by `scripts/fuzz-modbus`.
@Suite(.serialized) struct FuzzTests {
    private static let seconds = ProcessInfo.processInfo.environment["CHARGEHOST_FUZZ_SECONDS"].flatMap(Int.init)

    @Test(arguments: [1, 2, 3] as [UInt64])
    func honestClientsAreAnsweredWhateverOthersSend(_ seed: UInt64) throws {
        let run = try FuzzRun(seed: seed)
        for step in 0..<100 { #expect(run.step(), "step \(step)") }
    }

    @Test(.enabled(if: seconds != nil))
    func nothingBreaksAndMemoryStaysBoundedInTheLongRun() throws {
        let clock = SystemClock()
        let end = clock.now.advanced(by: .seconds(Self.seconds ?? 0))
        let seed = UInt64.random(in: 0...(.max))
        print("seed \(seed)")
        let run = try FuzzRun(seed: seed)
        for _ in 0..<500 { _ = run.step() }
        let before = FuzzRun.memory
        while clock.now < end { try #require(run.step(), "attack \(run.attacks) of seed \(seed)") }
        let grown = FuzzRun.memory - before
        print("\(run.attacks) attacks, memory \(before) MB and \(grown) MB more")
        #expect(grown < 64)
    }
}
