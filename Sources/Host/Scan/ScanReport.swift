/// What a scan found: the document of `scan --json` and of `POST /api/v1/scan`.
public struct ScanReport: Hashable, Sendable, Codable {
    /// What was asked: the line with its format, the host or the network.
    public var searched: [String]
    /// The devices, in the order of their addresses.
    public var found: [ScanFind]
    /// What answered and is no device, in words.
    public var remarks: [String]
    /// How long it took, in s.
    public var seconds: Double

    /// Makes a report.
    public init(searched: [String], found: [ScanFind] = [], remarks: [String] = [], seconds: Double = 0) {
        self.searched = searched
        self.found = found
        self.remarks = remarks
        self.seconds = seconds
    }

    /// The `devices` of a site file, ready to be pasted; nil without any.
    public var siteEntries: String? {
        found.isEmpty ? nil : "devices:\n" + found.map(\.entry).joined(separator: "\n")
    }

    /// Gives every find an id that is neither taken nor given twice, and its entry.
    public mutating func name(besides taken: Set<String> = []) {
        var taken = taken
        for index in found.indices {
            guard let stem = found[index].stem else { continue }
            var (id, number) = (stem, 1)
            while !taken.insert(id).inserted {
                number += 1
                id = "\(stem)-\(number)"
            }
            found[index].id = id
        }
        for index in found.indices { found[index].entry = SiteEntryText(found[index]).text }
    }
}
