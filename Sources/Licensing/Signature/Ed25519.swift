import CSodium

/// Ed25519 of libsodium (RFC 8032).
enum Ed25519 {
    static let publicKeyBytes = 32
    static let seedBytes = 32
    static let signatureBytes = 64

    private static let isReady = sodium_init() >= 0

    static func isValid(_ signature: [UInt8], of message: [UInt8], by publicKey: [UInt8]) -> Bool {
        guard isReady, signature.count == signatureBytes, publicKey.count == publicKeyBytes else { return false }
        return crypto_sign_ed25519_verify_detached(signature, message, UInt64(message.count), publicKey) == 0
    }

    static func sign(_ message: [UInt8], seed: [UInt8]) -> [UInt8]? {
        guard let pair = keyPair(seed: seed) else { return nil }
        var signature = [UInt8](repeating: 0, count: signatureBytes)
        guard crypto_sign_ed25519_detached(&signature, nil, message, UInt64(message.count), pair.secret) == 0 else {
            return nil
        }
        return signature
    }

    static func publicKey(seed: [UInt8]) -> [UInt8]? { keyPair(seed: seed)?.open }

    static func newSeed() -> [UInt8]? {
        guard isReady else { return nil }
        var seed = [UInt8](repeating: 0, count: seedBytes)
        randombytes_buf(&seed, seed.count)
        return seed
    }

    private static func keyPair(seed: [UInt8]) -> (open: [UInt8], secret: [UInt8])? {
        guard isReady, seed.count == seedBytes else { return nil }
        var open = [UInt8](repeating: 0, count: publicKeyBytes)
        var secret = [UInt8](repeating: 0, count: 64)
        guard crypto_sign_ed25519_seed_keypair(&open, &secret, seed) == 0 else { return nil }
        return (open, secret)
    }
}
