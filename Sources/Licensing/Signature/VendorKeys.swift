/// The keys of the vendor: what one of them signed is the vendor's word.
public struct VendorKeys: Sendable, Hashable {
    /// All that count.
    public let keys: [PublicKey]

    /// Keys that count.
    public init(_ keys: [PublicKey]) { self.keys = keys }

    /// Reads a list of keys, one a line; a `#` begins a remark. Nil if a line is no key.
    public init?(text: String) {
        var keys: [PublicKey] = []
        for line in text.split(whereSeparator: \.isNewline) {
            let word = line.prefix { $0 != "#" }.filter { !$0.isWhitespace }
            if word.isEmpty { continue }
            guard let key = PublicKey(word) else { return nil }
            keys.append(key)
        }
        self.keys = keys
    }

    /// The keys this program was built with (`Sources/Licensing/Keys/vendor.keys`; a vendor puts its own there).
    public static let builtIn =
        VendorKeys(text: String(decoding: PackageResources.vendor_keys, as: UTF8.self)) ?? VendorKeys([])

    /// The key that signed `message`; nil if none did.
    public func signer(of message: [UInt8], _ signature: [UInt8]) -> PublicKey? {
        keys.first { $0.verifies(signature, of: message) }
    }
}
