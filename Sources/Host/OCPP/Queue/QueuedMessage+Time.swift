import OCPP
import Storage

extension QueuedMessage {
    /// The content with every `timestamp` in it moved by so many milliseconds; nil for one that cannot be read.
    func payload(movedBy milliseconds: Int) -> [UInt8]? {
        guard case .object(let object)? = try? JSONReader().read(payload) else { return nil }
        return Self.moved(object, milliseconds).bytes
    }

    private static func moved(_ object: JSONObject, _ milliseconds: Int) -> JSONObject {
        var moved = object
        for member in object.members {
            let (name, value) = (member.name, member.value)
            if name == "timestamp", case .string(let text) = value, let time = Timestamp(text) {
                moved[name] = .string(Timestamp(milliseconds: time.milliseconds + milliseconds).description)
            } else {
                moved[name] = Self.moved(value, milliseconds)
            }
        }
        return moved
    }

    private static func moved(_ value: JSONValue, _ milliseconds: Int) -> JSONValue {
        switch value {
        case .object(let object): .object(moved(object, milliseconds))
        case .array(let items): .array(items.map { moved($0, milliseconds) })
        default: value
        }
    }
}

extension Duration {
    /// Whole milliseconds.
    var wholeMilliseconds: Int { Int(wholeNanoseconds / 1_000_000) }
}
