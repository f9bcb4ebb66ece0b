/// The public half of an Ed25519 key pair: 32 bytes, written as 64 lower-case hexadecimal digits.
public struct PublicKey: Hashable, Sendable, CustomStringConvertible {
    let bytes: [UInt8]

    /// Reads a key; nil unless it is 64 lower-case hexadecimal digits.
    public init?(_ text: String) {
        guard let bytes = Hexadecimal.bytes(text), bytes.count == Ed25519.publicKeyBytes else { return nil }
        self.bytes = bytes
    }

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// The key of nobody: no signature is ever of it.
    public static let nobody = PublicKey(bytes: [UInt8](repeating: 0, count: Ed25519.publicKeyBytes))

    /// The 64 digits.
    public var description: String { Hexadecimal.text(bytes) }

    /// Whether `signature` was made of `message` with the secret half of this key.
    public func verifies(_ signature: [UInt8], of message: [UInt8]) -> Bool {
        Ed25519.isValid(signature, of: message, by: bytes)
    }
}
