/// OCPP-J: a message is one JSON array in one WebSocket message (OCPP-J 1.6, 4.2).
public struct JSONFraming: Sendable {
    /// Reads the text; carries the limits of size and depth.
    public var reader: JSONReader
    /// The longest id that is taken; 36 by the standard, so that it can hold a UUID.
    public var maximumIdLength: Int

    /// A framing with its limits.
    public init(reader: JSONReader = JSONReader(), maximumIdLength: Int = 36) {
        self.reader = reader
        self.maximumIdLength = maximumIdLength
    }

    /// The message that a text holds.
    public func decode(_ text: [UInt8]) throws(FrameProblem) -> Frame {
        let value: JSONValue
        do throws(JSONProblem) {
            value = try reader.read(text)
        } catch {
            throw .unreadable(error.description)
        }
        return try decode(value)
    }

    /// The message that a text holds.
    public func decode(_ text: String) throws(FrameProblem) -> Frame {
        try decode(Array(text.utf8))
    }

    /// The text that a message is sent as.
    public func encode(_ frame: Frame) -> [UInt8] {
        var writer = JSONWriter()
        switch frame {
        case .call(let id, let action, let payload):
            writer.raw("[2,")
            writer.write(id)
            writer.raw(",")
            writer.write(action)
            writer.raw(",")
            writer.write(payload)
        case .result(let id, let payload):
            writer.raw("[3,")
            writer.write(id)
            writer.raw(",")
            writer.write(payload)
        case .error(let id, let error):
            writer.raw("[4,")
            writer.write(id)
            writer.raw(",")
            writer.write(error.sentCode)
            writer.raw(",")
            writer.write(error.description)
            writer.raw(",")
            writer.write(error.details)
        }
        writer.raw("]")
        return writer.bytes
    }

    private func decode(_ value: JSONValue) throws(FrameProblem) -> Frame {
        guard case .array(let elements) = value else { throw .notAnArray(found: value.kind) }
        guard case .number(let number)? = elements.first, let type = number.integer, (2...4).contains(type) else {
            throw .unknownMessageType(found: elements.first.map(FrameProblem.shown) ?? "nothing")
        }
        let id = try messageId(elements.count > 1 ? elements[1] : .null, mayBeEmpty: type != 2)
        return try MessageElements(type: type, id: id, rest: elements.dropFirst(2)).frame()
    }

    private func messageId(_ value: JSONValue, mayBeEmpty: Bool) throws(FrameProblem) -> String {
        guard case .string(let id) = value, mayBeEmpty || !id.isEmpty,
            id.utf8.count <= maximumIdLength || id.unicodeScalars.count <= maximumIdLength
        else { throw .badId(found: FrameProblem.shown(value)) }
        return id
    }
}

extension FrameProblem {
    static func shown(_ value: JSONValue) -> String {
        switch value {
        case .number(let number): number.description
        case .string(let text): "\"\(text.prefix(40))\""
        default: value.kind
        }
    }
}
