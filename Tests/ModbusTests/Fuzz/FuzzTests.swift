import DriverAPI
import Glibc
import Testing

@testable import Modbus

/// A short run with every test; a long one, under an address sanitizer, by `scripts/fuzz-modbus`.
@Suite(.serialized) struct FuzzTests {
    private static let seconds = getenv("CHARGEHOST_FUZZ_SECONDS").flatMap { Int(String(cString: $0)) }

    @Test(arguments: [1, 2, 3] as [UInt64])
    func honestClientsAreAnsweredWhateverOthersSend(_ seed: UInt64) async throws {
        let unanswered = try await apart {
            let run = try FuzzRun(seed: seed)
            return (0..<100).first { _ in !run.step() }
        }
        #expect(unanswered == nil)
    }

    /// Runs what blocks on a thread of its own, so that it holds no other test up.
    private func apart<Result: Sendable>(_ body: @escaping @Sendable () throws -> Result) async throws -> Result {
        try await withCheckedThrowingContinuation { done in
            let failed = DetachedThread.start(named: "fuzz") { done.resume(with: Swift.Result { try body() }) }
            if let failed { done.resume(throwing: SystemError(code: failed)) }
        }
    }

    @Test(.enabled(if: seconds != nil))
    func nothingBreaksAndMemoryStaysBoundedInTheLongRun() async throws {
        let clock = SystemClock()
        let end = clock.now.advanced(by: .seconds(Self.seconds ?? 0))
        let seed = UInt64.random(in: 0...(.max))
        print("seed \(seed)")
        let (unanswered, before, grown, attacks) = try await apart {
            let run = try FuzzRun(seed: seed)
            for _ in 0..<500 { _ = run.step() }
            let before = FuzzRun.memory
            var unanswered: Int?
            while clock.now < end, unanswered == nil { if !run.step() { unanswered = run.attacks } }
            return (unanswered, before, FuzzRun.memory - before, run.attacks)
        }
        print("\(attacks) attacks, memory \(before) MB and \(grown) MB more")
        #expect(unanswered == nil)
        #expect(grown < 64)
    }
}
