import Foundation
import Licensing

/// A public key in the form of minisign: a number that names it, and the Ed25519 key.
public struct MinisignKey: Hashable, Sendable {
    /// The eight bytes that name the key.
    public let number: [UInt8]
    /// The key.
    public let key: PublicKey

    /// A key of this program's own form; its number is the first eight bytes of it.
    public init(_ key: PublicKey) {
        self.key = key
        number = Array((Bytes.fromHexadecimal(key.description) ?? []).prefix(MinisignKey.numberBytes))
    }

    /// Reads the text of a `minisign.pub`, or its second line alone: Base64 of `Ed`, eight bytes and the key.
    public init?(text: String) {
        let lines = text.split(whereSeparator: \.isNewline).map(String.init)
        guard let line = lines.last(where: { !$0.hasPrefix("untrusted comment:") }), lines.count <= 2,
            let bytes = Bytes.fromBase64(line.trimmingCharacters(in: .whitespaces)),
            bytes.count == 2 + MinisignKey.numberBytes + 32, bytes.starts(with: Array("Ed".utf8)),
            let key = PublicKey(Bytes.hexadecimal(Array(bytes[10...])))
        else { return nil }
        number = Array(bytes[2..<10])
        self.key = key
    }

    /// The number as minisign prints it: sixteen hexadecimal digits, the last byte first.
    public var name: String { MinisignKey.name(number) }

    /// The text of a `minisign.pub`, by which the `minisign` tool checks what was signed.
    public var text: String {
        let bytes = Array("Ed".utf8) + number + (Bytes.fromHexadecimal(key.description) ?? [])
        return "untrusted comment: minisign public key \(name)\n\(Data(bytes).base64EncodedString())\n"
    }

    static let numberBytes = 8

    static func name(_ number: [UInt8]) -> String { Bytes.hexadecimal(number.reversed()).uppercased() }
}
