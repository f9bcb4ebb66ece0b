/// The profiles that are the vendor's own, by the digest of their bytes, signed by the vendor.
///
/// One line a profile: the SHA-256 of the file, a space, its id. The last line is `signature` and 128 hexadecimal digits,
/// which sign all bytes before it. A file that differs in a single byte is refused as a whole.
public struct FirstPartyList: Sendable, Hashable {
    /// By digest, the id of the profile.
    public let profiles: [String: String]

    /// A list of nothing: no box is then the vendor's own.
    public static let empty = FirstPartyList(profiles: [:])

    init(profiles: [String: String]) { self.profiles = profiles }

    /// Reads a list; nil unless one of `keys` signed it as it is.
    public init?(_ bytes: [UInt8], keys: VendorKeys) {
        let mark = Array("signature ".utf8)
        guard bytes.last == UInt8(ascii: "\n"),
            let end = bytes.dropLast().lastIndex(of: UInt8(ascii: "\n")).map({ $0 + 1 }),
            bytes[end...].starts(with: mark),
            let signature = Hexadecimal.bytes(
                String(decoding: bytes[(end + mark.count)..<(bytes.count - 1)], as: UTF8.self)),
            keys.signer(of: Array(bytes[..<end]), signature) != nil
        else { return nil }
        var profiles: [String: String] = [:]
        for line in String(decoding: bytes[..<end], as: UTF8.self).split(separator: "\n") {
            let words = line.split(separator: " ")
            guard words.count == 2, words[0].utf8.count == 64 else { return nil }
            profiles[String(words[0])] = String(words[1])
        }
        self.profiles = profiles
    }

    /// Writes and signs a list.
    public static func text(_ profiles: [(id: String, bytes: [UInt8])], signedBy key: SigningKey) -> String {
        let lines = profiles.sorted { $0.id < $1.id }.map { "\(Digest.sha256($0.bytes)) \($0.id)\n" }.joined()
        return lines + "signature " + Hexadecimal.text(key.signature(of: Array(lines.utf8))) + "\n"
    }

    /// Whether these are the bytes of the vendor's own profile `id`.
    public func contains(_ id: String, _ bytes: [UInt8]) -> Bool { profiles[Digest.sha256(bytes)] == id }
}
