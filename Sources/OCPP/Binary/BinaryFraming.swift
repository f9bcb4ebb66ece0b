/// The binary framing, version 1: CBOR in frames with a length in front, for small controllers and slow links.
///
/// Documentation/binary-ocpp.md describes it; its tables are made of the rules here.
public struct BinaryFraming: Sendable {
    /// The longest frame that is sent or taken, without its length, in bytes.
    public var maximumFrame: Int

    /// A framing with its limit; 64 KiB by default.
    public init(maximumFrame: Int = 65_536) {
        self.maximumFrame = maximumFrame
    }

    /// The bytes of a message, with the length in front.
    ///
    /// - Parameter action: what a result answers; names and texts are numbers by the rules of its response.
    /// - Throws: a message that the framing cannot carry, with what is wrong.
    public func encode(_ message: BinaryMessage, answering action: Action? = nil) throws(BinaryProblem) -> [UInt8] {
        var writer = CBORWriter()
        writer.write(.array(try elements(message, action)))
        guard writer.bytes.count <= maximumFrame else {
            throw .tooLarge(bytes: writer.bytes.count, limit: maximumFrame)
        }
        return BinaryFraming.bigEndian(writer.bytes.count) + writer.bytes
    }

    /// The message in a frame, without its length.
    ///
    /// - Parameter action: what the call with an id asked for, if it is unanswered; a result is read by its rules.
    public func decode(
        _ frame: [UInt8], actionOfCall action: (String) -> Action? = { _ in nil }
    ) throws(FrameProblem) -> BinaryMessage {
        let value: CBORValue
        do throws(CBORProblem) {
            value = try CBORReader.read(frame)
        } catch {
            throw .unreadable(error.description)
        }
        guard case .array(let elements) = value else { throw .notAnArray(found: value.kind) }
        return try BinaryElements(elements: elements).message(action)
    }

    static func bigEndian(_ number: Int) -> [UInt8] {
        withUnsafeBytes(of: UInt32(truncatingIfNeeded: number).bigEndian) { Array($0) }
    }

    private func elements(_ message: BinaryMessage, _ action: Action?) throws(BinaryProblem) -> [CBORValue] {
        switch message {
        case .hello(let hello):
            [.unsigned(0), .text(hello.chargePointId), .text(hello.version), hello.mac.map { .bytes($0) } ?? .null]
        case .welcome(let now, let interval):
            [.unsigned(0), .bool(true), .tagged(CBORTag.epoch, CBORValue(now.seconds)), CBORValue(interval)]
        case .refusal(let reason): [.unsigned(0), .bool(false), .text(reason)]
        case .ping: [.unsigned(8)]
        case .pong: [.unsigned(9)]
        case .frame(let frame): try elements(frame, action)
        }
    }

    private func elements(_ frame: Frame, _ answered: Action?) throws(BinaryProblem) -> [CBORValue] {
        guard let id = UInt64(frame.id), String(id) == frame.id else { throw .badId(frame.id) }
        do throws(Violation) {
            switch frame {
            case .call(_, let name, let payload):
                let action = Action(rawValue: name)
                let content = try CBORValue(payload, action?.requestRule)
                return [.unsigned(2), .unsigned(id), action.map { CBORValue($0.number) } ?? .text(name), content]
            case .result(_, let payload):
                return [.unsigned(3), .unsigned(id), try CBORValue(payload, answered?.responseRule)]
            case .error(_, let error):
                let code = ErrorCode(rawValue: error.sentCode).map { CBORValue($0.number) } ?? .text(error.sentCode)
                let details = try CBORValue(error.details, nil)
                return [.unsigned(4), .unsigned(id), code, .text(error.description), details]
            }
        } catch {
            throw .unencodable(error)
        }
    }
}

extension Action {
    /// Its number in the binary framing.
    var number: Int { Action.numbers[self] ?? 0 }

    private static let numbers = Dictionary(
        allCases.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
}

extension ErrorCode {
    /// Its number in the binary framing.
    var number: Int { ErrorCode.allCases.firstIndex(of: self) ?? 0 }
}
