@testable import Licensing

/// A vendor and hosts of the tests.
enum Vendor {
    static let key = key(1)
    static let keys = VendorKeys([key.publicKey])
    static let host = key(2).publicKey
    static let otherHost = key(3).publicKey

    static func key(_ seed: UInt8) -> SigningKey {
        guard let key = SigningKey(seed: [UInt8](repeating: seed, count: 32)) else { fatalError("32 bytes are a seed") }
        return key
    }

    /// Noon of 2026-11-21 and of the days after, in seconds since 1970.
    static func noon(_ days: Int = 0) -> Int64 { 1_795_262_400 + Int64(days) * 86_400 }

    static let today = Day(seconds: noon())

    static func licence(
        _ id: String = "2026-0017", points: Int = 2, host: PublicKey? = nil, issued: Int = -1, ends: Int? = nil
    ) -> Licence {
        Licence(
            id: id, licensee: "Garage \"Nord\" \\ Süd", chargePoints: points, host: host,
            issued: today.advanced(by: issued), ends: ends.map { today.advanced(by: $0) })
    }

    static func file(_ licence: Licence, by key: SigningKey = key) -> [UInt8] {
        Array(LicenceFile.text(licence, signedBy: key).utf8)
    }

    static func entitlement(
        _ files: [[UInt8]?], trial: Trial? = nil, memory: LicenceMemory = LicenceMemory(), day: Int = 0
    ) -> Entitlement {
        Entitlement(
            .files(files.enumerated().map { .init(name: "\($0.offset).licence", bytes: $0.element) }), host: host,
            keys: keys, trial: trial, memory: memory, now: noon(day))
    }
}
