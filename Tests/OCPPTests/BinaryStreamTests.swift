import Testing

@testable import OCPP

@Suite struct BinaryStreamTests {
    private let challenge = (0..<32).map { UInt8($0) }

    private func pieces(_ stream: inout BinaryStream) throws(BinaryProblem) -> [BinaryStream.Piece] {
        var found: [BinaryStream.Piece] = []
        while let piece = try stream.next() { found.append(piece) }
        return found
    }

    @Test func aStreamIsCutTheSameHoweverItIsSplit() throws {
        let framing = BinaryFraming()
        let frames: [[UInt8]] = try [
            framing.encode(.ping), framing.encode(.frame(.call(id: "1", action: "Heartbeat", payload: [:]))),
            framing.encode(.refusal(reason: String(repeating: "x", count: 300))),
        ]
        let bytes = BinaryStream.serverGreeting(challenge: challenge) + frames.flatMap { $0 }
        let expected =
            [.greeting(challenge: challenge)] + frames.map { BinaryStream.Piece.frame(Array($0.dropFirst(4))) }
        for size in [1, 2, 3, 5, 7, 38, 39, 100, bytes.count] {
            var stream = BinaryStream(at: .chargePoint)
            var found: [BinaryStream.Piece] = []
            for start in stride(from: 0, to: bytes.count, by: size) {
                stream.receive(bytes[start..<min(start + size, bytes.count)])
                found += try pieces(&stream)
            }
            #expect(found == expected)
        }
    }

    @Test func aServerTakesAGreetingWithoutAChallenge() throws {
        var stream = BinaryStream(at: .centralSystem)
        stream.receive(BinaryStream.clientGreeting + [0, 0, 0, 1, 0x80])
        #expect(try pieces(&stream) == [.greeting(challenge: []), .frame([0x80])])
    }

    @Test(arguments: ["GET / HTTP/1.1\r\n", "X", "OCPPB\u{2}", "OCPPC"])
    func anotherProtocolIsRefusedAtItsFirstWrongByte(text: String) {
        var stream = BinaryStream(at: .centralSystem)
        stream.receive(Array(text.utf8))
        #expect(throws: BinaryProblem.notThisProtocol(found: Array(text.utf8.prefix(6)))) { try stream.next() }
    }

    @Test func aFrameAboveTheLimitIsRefusedByItsLengthAlone() {
        for length: [UInt8] in [[0, 1, 0, 1], [255, 255, 255, 255]] {
            var stream = BinaryStream(at: .centralSystem)
            stream.receive(BinaryStream.clientGreeting + length)
            #expect(throws: BinaryProblem.self) { try pieces(&stream) }
        }
        var stream = BinaryStream(at: .centralSystem)
        stream.receive(BinaryStream.clientGreeting + [0, 0, 0, 0])
        #expect(throws: BinaryProblem.emptyFrame) { try pieces(&stream) }
        var largest = BinaryStream(at: .centralSystem)
        largest.receive(BinaryStream.clientGreeting + [0, 1, 0, 0])
        #expect(throws: Never.self) { try pieces(&largest) }
    }

    @Test func theFarewellIsAnErrorFrameOfNoCall() throws {
        let farewell = BinaryProblem.tooLarge(bytes: 70_000, limit: 65_536).farewell
        let bytes = try BinaryFraming().encode(farewell)
        #expect(try BinaryFraming().decode(Array(bytes.dropFirst(4))) == farewell)
        guard case .frame(.error("0", let error)) = farewell else {
            Issue.record("no error frame")
            return
        }
        #expect(error.code == .protocolError)
    }
}
