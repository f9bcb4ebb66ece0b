import Foundation

@testable import OCPP

/// What libFuzzer feeds: one reader each, with what it must hold to. A breach ends the program, as the fuzzer wants it.
enum FuzzTarget: String, CaseIterable {
    case json, cbor, frames, stream

    static let chosen = ProcessInfo.processInfo.environment["CHARGEHOST_FUZZ_TARGET"].flatMap(FuzzTarget.init) ?? .json

    func take(_ bytes: [UInt8]) {
        switch self {
        case .json: readJSON(bytes)
        case .cbor: readCBOR(bytes)
        case .frames: readFrame(bytes)
        case .stream: readStream(bytes)
        }
    }

    /// A text that is taken comes back the same when it is written and read again, and its call can be checked.
    private func readJSON(_ bytes: [UInt8]) {
        let framing = JSONFraming()
        guard let frame = try? framing.decode(bytes) else { return }
        hold((try? framing.decode(framing.encode(frame))) == frame, "JSON")
        guard case .call(_, let action, let payload) = frame else { return }
        for side in [Side.centralSystem, .chargePoint] {
            guard let call = try? ReceivedCall(action: action, payload: payload, at: side) else { continue }
            let again = try? ReceivedCall(action: action, payload: call.request.json, at: side)
            hold(again?.request.json == call.request.json, "call")
        }
    }

    private func readCBOR(_ bytes: [UInt8]) {
        guard let value = try? CBORReader.read(bytes), !hasOddTag(value) else { return }
        var writer = CBORWriter()
        writer.write(value)
        hold((try? CBORReader.read(writer.bytes)) == value, "CBOR")
    }

    /// Tags 6 to 20 mean nothing; libcbor reads them in their longer form only and writes them in the shorter one.
    private func hasOddTag(_ value: CBORValue) -> Bool {
        switch value {
        case .tagged(let tag, let content): (6...20).contains(tag) || hasOddTag(content)
        case .array(let elements): elements.contains(where: hasOddTag)
        case .map(let entries): entries.contains { hasOddTag($0.key) || hasOddTag($0.value) }
        default: false
        }
    }

    /// The first byte says what action a result is taken to answer.
    private func readFrame(_ bytes: [UInt8]) {
        guard let first = bytes.first else { return }
        let action = Action.allCases[Int(first) % Action.allCases.count]
        let framing = BinaryFraming(maximumFrame: 1 << 20)
        guard let message = try? framing.decode(Array(bytes.dropFirst()), actionOfCall: { _ in action }),
            let written = try? framing.encode(message, answering: action)
        else { return }
        let again = try? framing.decode(Array(written.dropFirst(4)), actionOfCall: { _ in action })
        hold(again == message, "frame")
    }

    /// The first byte says in what pieces the rest comes; however it is cut, the same frames come out of it.
    private func readStream(_ bytes: [UInt8]) {
        guard let first = bytes.first else { return }
        let rest = Array(bytes.dropFirst())
        hold(frames(rest, by: Int(first) + 1) == frames(rest, by: max(rest.count, 1)), "stream")
    }

    private func frames(_ bytes: [UInt8], by size: Int) -> [[UInt8]] {
        var stream = BinaryStream(at: .centralSystem, maximumFrame: 4096)
        var found: [[UInt8]] = []
        for start in stride(from: 0, to: bytes.count, by: size) {
            stream.receive(bytes[start..<min(start + size, bytes.count)])
            do {
                while let piece = try stream.next() {
                    guard case .frame(let content) = piece else { continue }
                    hold(content.count <= 4096, "limit")
                    found.append(content)
                }
            } catch {
                return found
            }
        }
        return found
    }

    private func hold(_ isSo: Bool, _ what: String) {
        guard !isSo else { return }
        print("\(what): what was taken does not come back the same")
        abort()
    }

    /// Messages as they occur, to begin with.
    var seeds: [[UInt8]] {
        let corpus = MessageCorpus.frames()
        switch self {
        case .json: return corpus.map { JSONFraming().encode($0.frame) }
        case .cbor: return corpus.compactMap { try? Array(packed($0).dropFirst(4)) }
        case .frames:
            return corpus.compactMap { entry in
                guard let place = Action.allCases.firstIndex(of: entry.action) else { return nil }
                return try? [UInt8(place)] + packed(entry).dropFirst(4)
            }
        case .stream:
            return corpus.compactMap { entry in try? [16] + BinaryStream.clientGreeting + packed(entry) }
        }
    }

    private func packed(_ entry: MessageCorpus.Entry) throws -> [UInt8] {
        try BinaryFraming(maximumFrame: 1 << 20).encode(.frame(entry.frame), answering: entry.action)
    }
}

/// Writes the seeds where `CHARGEHOST_FUZZ_SEEDS` says.
@_cdecl("LLVMFuzzerInitialize") public func initializeFuzzer(
    _: UnsafeMutableRawPointer?, _: UnsafeMutableRawPointer?
) -> CInt {
    guard let folder = ProcessInfo.processInfo.environment["CHARGEHOST_FUZZ_SEEDS"] else { return 0 }
    for (number, seed) in FuzzTarget.chosen.seeds.enumerated() {
        _ = FileManager.default.createFile(atPath: "\(folder)/seed-\(number)", contents: Data(seed))
    }
    return 0
}

/// Takes one input.
@_cdecl("LLVMFuzzerTestOneInput") public func takeFuzz(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    FuzzTarget.chosen.take(Array(UnsafeBufferPointer(start: start, count: count)))
    return 0
}
