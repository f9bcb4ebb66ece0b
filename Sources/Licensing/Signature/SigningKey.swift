/// An Ed25519 key pair that signs; its secret half is the seed of 32 bytes.
public struct SigningKey: Sendable {
    /// The half that everybody may know.
    public let publicKey: PublicKey
    private let secret: [UInt8]

    /// A new pair out of the system's randomness; nil when it gives none.
    public init?() {
        guard let seed = Ed25519.newSeed() else { return nil }
        self.init(seed: seed)
    }

    /// The pair of a seed; nil unless that has 32 bytes.
    public init?(seed: [UInt8]) {
        guard let open = Ed25519.publicKey(seed: seed) else { return nil }
        publicKey = PublicKey(bytes: open)
        secret = seed
    }

    /// Reads a pair out of the text of a key file; nil unless it is 64 hexadecimal digits and at most a line's end.
    public init?(text: String) {
        let line = text.last == "\n" ? String(text.dropLast()) : text
        guard let seed = Hexadecimal.bytes(line) else { return nil }
        self.init(seed: seed)
    }

    /// The text of a key file. Whoever has it can sign.
    public var secretText: String { Hexadecimal.text(secret) + "\n" }

    /// The signature of `message`, 64 bytes.
    public func signature(of message: [UInt8]) -> [UInt8] { Ed25519.sign(message, seed: secret) ?? [] }
}
