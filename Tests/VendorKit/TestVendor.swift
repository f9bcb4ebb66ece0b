import Licensing

/// A vendor of the tests: a key pair that no program was built with, and a calendar of its own.
public struct TestVendor: Sendable {
    /// Why there is none.
    struct NoKey: Error {}

    /// What it signs with.
    public let key: SigningKey
    /// What believes it.
    public let keys: VendorKeys
    /// A host.
    public let host: PublicKey
    /// Another one.
    public let otherHost: PublicKey

    /// Always the same vendor. Throws where no key can be made.
    public init() throws {
        key = try TestVendor.key(1)
        keys = VendorKeys([key.publicKey])
        host = try TestVendor.key(2).publicKey
        otherHost = try TestVendor.key(3).publicKey
    }

    /// The key pair of a seed of equal bytes. Throws where none can be made.
    public static func key(_ seed: UInt8) throws -> SigningKey {
        guard let key = SigningKey(seed: [UInt8](repeating: seed, count: 32)) else { throw NoKey() }
        return key
    }

    /// Noon of 2026-11-21 and of the days after, in seconds since 1970.
    public static func noon(_ days: Int = 0) -> Int64 { 1_795_262_400 + Int64(days) * 86_400 }

    /// 2026-11-21.
    public static let today = Day(seconds: noon())
}
