import CSodium

/// HMAC-SHA-256 (RFC 2104, FIPS 180-4) of libsodium, with a key of any length.
enum HelloMAC {
    static func make(challenge: [UInt8], id: String, key: [UInt8]) -> [UInt8] {
        var state = crypto_auth_hmacsha256_state()
        crypto_auth_hmacsha256_init(&state, key, key.count)
        crypto_auth_hmacsha256_update(&state, challenge, UInt64(challenge.count))
        let name = Array(id.utf8)
        crypto_auth_hmacsha256_update(&state, name, UInt64(name.count))
        var mac = [UInt8](repeating: 0, count: 32)
        crypto_auth_hmacsha256_final(&state, &mac)
        return mac
    }

    static func areEqual(_ one: [UInt8], _ other: [UInt8]) -> Bool {
        one.count == other.count && sodium_memcmp(one, other, one.count) == 0
    }
}
