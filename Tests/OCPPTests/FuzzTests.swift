import Foundation
import Testing

@testable import OCPP

/// Bytes that were valid once, changed at random: every reader must come back with a value or with its own problem, and
/// what it took must survive being written and read again.
@Suite struct FuzzTests {
    private static let seconds = ProcessInfo.processInfo.environment["CHARGEHOST_FUZZ_SECONDS"].flatMap { Double($0) }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func changedJSONNeverCrashesAndWhatIsTakenSurvives(seed: UInt64) throws { try changeJSON(seed) }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func changedFramesNeverCrashAndWhatIsTakenSurvives(seed: UInt64) throws { try changeFrames(seed) }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func noiseNeverCrashesTheCBORReader(seed: UInt64) throws { try readNoise(seed) }

    @Test(arguments: 1...8 as ClosedRange<UInt64>)
    func aChangedStreamNeverCrashesNorGrows(seed: UInt64) throws { try changeStream(seed) }

    /// Only by `scripts/fuzz-ocpp`.
    @Test(.enabled(if: seconds != nil))
    func nothingBreaksInTheLongRun() throws {
        let end = Date(timeIntervalSinceNow: Self.seconds ?? 0)
        let first = UInt64.random(in: 1...1_000_000_000)
        var seed = first
        while Date() < end {
            try changeJSON(seed)
            try changeFrames(seed)
            try readNoise(seed)
            try changeStream(seed)
            seed += 1
        }
        print("seeds \(first) to \(seed)")
    }

    private func mutated(_ bytes: [UInt8], _ random: inout MessageGenerator) -> [UInt8] {
        var bytes = bytes
        for _ in 0...random.below(3) {
            let place = bytes.isEmpty ? 0 : random.below(bytes.count)
            switch random.below(7) {
            case 0: if !bytes.isEmpty { bytes[place] = UInt8(random.below(256)) }
            case 1: if !bytes.isEmpty { bytes[place] ^= 1 << UInt8(random.below(8)) }
            case 2: if !bytes.isEmpty { bytes.remove(at: place) }
            case 3: bytes.insert(UInt8(random.below(256)), at: place)
            case 4: bytes.removeLast(min(bytes.count, random.below(20)))
            case 5: bytes.insert(contentsOf: bytes.prefix(random.below(40)), at: place)
            default:
                let tokens = ["{", "}", "[", "]", "\"", "\\u", "1e999", "-", ",", "null", "\u{0}"]
                bytes.insert(contentsOf: Array(tokens[random.below(tokens.count)].utf8), at: place)
            }
        }
        return bytes
    }

    private func corpus(_ seed: UInt64) -> [(frame: Frame, action: Action)] {
        var generator = MessageGenerator(seed: seed)
        let generated = Action.allCases.flatMap { action in
            [
                (Frame.call(id: "7", action: action.rawValue, payload: generator.object(action.requestRule)), action),
                (Frame.result(id: "8", payload: generator.object(action.responseRule)), action),
            ]
        }
        return generated + [(.error(id: "9", CallError(.internalError, "why", details: ["value": .null])), .reset)]
    }

    private func changeJSON(_ seed: UInt64) throws {
        var random = MessageGenerator(seed: seed &* 7919)
        let framing = JSONFraming()
        var taken = 0
        for (frame, _) in corpus(seed) {
            let bytes = framing.encode(frame)
            for _ in 0..<25 {
                guard let found = try? framing.decode(mutated(bytes, &random)) else { continue }
                taken += 1
                #expect(try framing.decode(framing.encode(found)) == found)
                if case .call(_, let action, let payload) = found {
                    _ = try? ReceivedCall(action: action, payload: payload, at: .centralSystem)
                    _ = try? ReceivedCall(action: action, payload: payload, at: .chargePoint, isStrict: true)
                }
            }
        }
        #expect(taken > 50)
    }

    private func changeFrames(_ seed: UInt64) throws {
        var random = MessageGenerator(seed: seed &* 104_729)
        let framing = BinaryFraming(maximumFrame: 1 << 20)
        var taken = 0
        for (frame, action) in corpus(seed) {
            let bytes = Array(try framing.encode(.frame(frame), answering: action).dropFirst(4))
            for _ in 0..<25 {
                guard let found = try? framing.decode(mutated(bytes, &random), actionOfCall: { _ in action }) else {
                    continue
                }
                taken += 1
                // A message that breaks its rules may not be writable; one that is must come back the same.
                guard let again = try? framing.encode(found, answering: action) else { continue }
                #expect(try framing.decode(Array(again.dropFirst(4)), actionOfCall: { _ in action }) == found)
            }
        }
        #expect(taken > 50)
    }

    private func readNoise(_ seed: UInt64) throws {
        var random = MessageGenerator(seed: seed &* 611_953)
        for _ in 0..<2000 {
            let bytes = (0..<random.below(40)).map { _ in UInt8(random.below(256)) }
            guard let value = try? CBORReader.read(bytes) else { continue }
            var writer = CBORWriter()
            writer.write(value)
            #expect(try CBORReader.read(writer.bytes) == value)
        }
    }

    private func changeStream(_ seed: UInt64) throws {
        var random = MessageGenerator(seed: seed &* 15_485_863)
        let framing = BinaryFraming(maximumFrame: 1 << 20)
        var bytes = BinaryStream.clientGreeting
        for (frame, action) in corpus(seed).prefix(20) { bytes += try framing.encode(.frame(frame), answering: action) }
        for _ in 0..<40 {
            let changed = mutated(bytes, &random)
            var stream = BinaryStream(at: .centralSystem, maximumFrame: 4096)
            var place = 0
            var isOpen = true
            while place < changed.count, isOpen {
                let end = min(place + 1 + random.below(500), changed.count)
                stream.receive(changed[place..<end])
                place = end
                do {
                    while let piece = try stream.next() {
                        if case .frame(let content) = piece { #expect(content.count <= 4096) }
                    }
                } catch {
                    isOpen = false
                }
            }
        }
    }

    @Test func aSessionTakesAnyFrameInAnyOrder() {
        var random = MessageGenerator(seed: 3)
        var session = Session()
        var unanswered: Set<Ticket> = []
        for step in 0..<20_000 {
            let now = Duration.seconds(step)
            let id = String(random.below(30) + step / 400)
            var events: [SessionEvent] = []
            switch random.below(8) {
            case 0, 1: unanswered.insert(session.enqueue(HeartbeatRequest()))
            case 2, 3: _ = session.nextCall(at: now)
            case 4: events = session.receive(.result(id: id, payload: [:]), at: now)
            case 5: events = session.receive(.error(id: id, CallError(.genericError)), at: now)
            case 6: events = session.receive(.call(id: id, action: "Reset", payload: [:]), at: now)
            default:
                events = session.expire(at: now)
                _ = session.answer(id, with: .success([:]), at: now)
            }
            for case .outcome(let ticket, _) in events { #expect(unanswered.remove(ticket) != nil) }
        }
        for case .outcome(let ticket, _) in session.close() { #expect(unanswered.remove(ticket) != nil) }
        #expect(unanswered.isEmpty)
    }
}
