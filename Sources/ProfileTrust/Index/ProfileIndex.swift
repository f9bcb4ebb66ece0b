import Licensing

/// A list of profiles that somebody vouches for: a plain text, signed as a whole.
///
/// ```
/// schema chargehost-index/1
/// serial 17
/// issued 2026-11-21
/// profile keba.p30 0.1.0 …64 hexadecimal digits…
///   file wallbox/keba.p30.yaml
///   trust reading=3 limit=2 phases=1 wake-up=0
///   evidence limit: firmware 3.10.42, written and read back on the device, 2026-10-02
/// profile keba.p30 0.0.9 …64 hexadecimal digits…
///   withdrawn it writes the fail-safe current to flash every minute
/// ```
///
/// A `#` at the beginning of a line makes it a remark. Every change gets a larger serial.
public struct ProfileIndex: Hashable, Sendable {
    /// Grows with every change.
    public var serial: Int
    /// The day it was issued.
    public var issued: Day
    /// The profiles.
    public var entries: [IndexEntry]

    /// Makes an index.
    public init(serial: Int, issued: Day, entries: [IndexEntry]) {
        self.serial = serial
        self.issued = issued
        self.entries = entries
    }

    /// The first words of every index.
    public static let schema = "chargehost-index/1"
    /// A file larger than this is none, in bytes.
    public static let largest = 8 << 20

    /// The entry of a profile file, by its digest.
    public func entry(hash: String) -> IndexEntry? { entries.first { $0.hash == hash } }

    /// The versions of a profile, newest first.
    public func versions(of id: String) -> [IndexEntry] {
        entries.filter { $0.id == id }.sorted { SemanticOrder.isBefore($1.version, $0.version) }
    }

    /// The newest version of a profile that was not withdrawn.
    public func newest(of id: String) -> IndexEntry? { versions(of: id).first { $0.withdrawn == nil } }

    /// The text to be signed.
    public var text: String {
        var lines = ["schema \(ProfileIndex.schema)", "serial \(serial)", "issued \(issued)"]
        for entry in entries {
            lines.append("profile \(entry.id) \(entry.version) \(entry.hash)")
            if let file = entry.file { lines.append("  file \(file)") }
            let trust = Capability.allCases.compactMap { capability in
                entry.trust[capability].map { "\(capability.rawValue)=\($0.rawValue)" }
            }
            if !trust.isEmpty { lines.append("  trust " + trust.joined(separator: " ")) }
            lines += entry.evidence.map { "  evidence \($0)" }
            if let reason = entry.withdrawn { lines.append("  withdrawn \(reason)") }
        }
        return lines.joined(separator: "\n") + "\n"
    }
}

extension ProfileIndex {
    /// Reads an index and checks whose word it is; `after` is the largest serial that was seen of it.
    ///
    /// Throws ``IndexRefusal``.
    public static func read(
        _ bytes: [UInt8], signature: String, keys: [MinisignKey], after seen: Int? = nil
    ) throws(IndexRefusal) -> ProfileIndex {
        guard bytes.count <= largest else { throw .malformed(line: 1, "it has \(bytes.count) bytes") }
        do throws(SignatureRefusal) {
            try MinisignSignature(text: signature).check(bytes, keys: keys)
        } catch {
            throw .signature(error)
        }
        let index = try IndexReader.read(bytes)
        if let seen, index.serial < seen { throw .rolledBack(serial: index.serial, seen: seen) }
        return index
    }
}

extension ProfileIndex {
    /// Reads the text of an index that is about to be signed; nobody's word yet. Throws ``IndexRefusal``.
    public init(unsigned bytes: [UInt8]) throws(IndexRefusal) { self = try IndexReader.read(bytes) }
}
