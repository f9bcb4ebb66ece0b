import CSodium

/// BLAKE2b of libsodium with 64 bytes (RFC 7693), which minisign signs in place of a large file.
enum Blake2b {
    static func digest(_ bytes: [UInt8]) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 64)
        _ = crypto_generichash_blake2b(&digest, digest.count, bytes, UInt64(bytes.count), nil, 0)
        return digest
    }
}
