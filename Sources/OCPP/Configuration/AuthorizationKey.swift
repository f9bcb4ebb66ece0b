/// The password of HTTP basic authentication with the backend.
///
/// Edition 2 of the security whitepaper sends 16 to 20 bytes as hexadecimal digits; edition 3 sends a text of 16 to 40
/// characters. So 32 to 40 hexadecimal digits are bytes, anything else is the text itself.
public struct AuthorizationKey: Sendable, Hashable {
    /// What is sent as the password.
    public let password: [UInt8]

    /// Nil if the text is neither.
    public init?(_ text: String) {
        let units = Array(text.utf8)
        if (32...40).contains(units.count), units.count.isMultiple(of: 2), let bytes = AuthorizationKey.bytes(units) {
            password = bytes
            return
        }
        guard (16...40).contains(units.count), units.allSatisfy({ $0 >= 0x20 && $0 < 0x7f }) else { return nil }
        password = units
    }

    private static func bytes(_ units: [UInt8]) -> [UInt8]? {
        var bytes: [UInt8] = []
        for place in stride(from: 0, to: units.count, by: 2) {
            let pair = String(decoding: units[place..<(place + 2)], as: UTF8.self)
            guard pair.utf8.allSatisfy({ $0 != UInt8(ascii: "+") && $0 != UInt8(ascii: "-") }),
                let byte = UInt8(pair, radix: 16)
            else { return nil }
            bytes.append(byte)
        }
        return bytes
    }
}
