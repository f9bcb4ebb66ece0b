import VendorKit

@testable import Licensing

extension TestVendor {
    static func licence(
        _ id: String = "2026-0017", points: Int = 2, host: PublicKey? = nil, issued: Int = -1, ends: Int? = nil
    ) -> Licence {
        Licence(
            id: id, licensee: "Garage \"Nord\" \\ Süd", chargePoints: points, host: host,
            issued: today.advanced(by: issued), ends: ends.map { today.advanced(by: $0) })
    }

    func file(_ licence: Licence) -> [UInt8] { Array(LicenceFile.text(licence, signedBy: key).utf8) }

    func entitlement(
        _ files: [[UInt8]?], trial: Trial? = nil, memory: LicenceMemory = LicenceMemory(), day: Int = 0
    ) -> Entitlement {
        Entitlement(
            .files(files.enumerated().map { .init(name: "\($0.offset).licence", bytes: $0.element) }), host: host,
            keys: keys, trial: trial, memory: memory, now: TestVendor.noon(day))
    }
}
