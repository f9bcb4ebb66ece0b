import Licensing

/// What all trusted indexes say together.
///
/// An index that cannot be read counts as it was read last, for seven days and with a warning; a withdrawal that was seen
/// counts until that index takes it back. Where two indexes differ, a withdrawal goes before everything, and the higher
/// trust before the lower.
public struct TrustBook: Hashable, Sendable {
    /// So long the last good state counts when an index cannot be read, in days.
    public static let unreadableDays = 7
    /// The clock counts as set back when it is so far behind the latest moment seen, in seconds.
    private static let clockTolerance: Int64 = 86_400

    private struct Voice: Hashable {
        var name: String
        var isOwn: Bool
        var index: ProfileIndex?
        var remembered: [String: IndexEntry]

        func entry(_ hash: String) -> IndexEntry? { index?.entry(hash: hash) ?? remembered[hash] }
    }

    /// What a person must know, in words.
    public private(set) var warnings: [String] = []
    /// What to remember.
    public private(set) var memory: TrustMemory
    private var voices: [Voice] = []

    /// Listens to `sources`; `inUse` are the digests of the profiles that the site runs, which are remembered.
    ///
    /// - Parameters:
    ///   - now: seconds since 1970 by the machine's clock. When that is behind the latest moment seen, the latest counts.
    public init(_ sources: [TrustSource], memory: TrustMemory, inUse: Set<String>, now: Int64) {
        self.memory = memory
        let latest = max(now, memory.latest ?? now)
        let today = Day(seconds: latest)
        self.memory.latest = latest
        if latest - now > Self.clockTolerance {
            warnings.append(
                "the clock was set back: it says \(Day(seconds: now)), and this host has run on \(today); "
                    + "profiles are trusted as on \(today), until the clock is right")
        }
        let names = Set(sources.map(\.name))
        self.memory.indexes = memory.indexes.filter { names.contains($0.key) }
        for source in sources { listen(source, inUse, today) }
    }

    private mutating func listen(_ source: TrustSource, _ inUse: Set<String>, _ today: Day) {
        let seen = memory.indexes[source.name]
        let refusal: IndexRefusal
        switch source.found {
        case .success(let index):
            // What came with the program is as old as the program.
            if source.isOwn || index.serial >= seen?.serial ?? 0 {
                var entries: [String: IndexEntry] = [:]
                for hash in inUse { entries[hash] = index.entry(hash: hash) }
                memory.indexes[source.name] = TrustMemory.Seen(
                    serial: index.serial, day: today.number, entries: entries)
                voices.append(Voice(name: source.name, isOwn: source.isOwn, index: index, remembered: [:]))
                return
            }
            refusal = .rolledBack(serial: index.serial, seen: seen?.serial ?? 0)
        case .failure(let error): refusal = error
        }
        let what = "the index '\(source.name)' does not count: \(refusal)"
        var remembered = seen?.entries ?? [:]
        if let seen, !seen.entries.isEmpty {
            let last = Day(number: seen.day + Self.unreadableDays)
            if today <= last {
                warnings.append("\(what); what it said on \(Day(number: seen.day)) counts until \(last)")
            } else {
                warnings.append("\(what), since \(Day(number: seen.day)); what it vouched for does not count any more")
                remembered = remembered.filter { $0.value.withdrawn != nil }
            }
        } else {
            warnings.append(what)
        }
        voices.append(Voice(name: source.name, isOwn: source.isOwn, index: nil, remembered: remembered))
    }

    /// What is said of a profile's file, by its digest.
    public func standing(of hash: String) -> ProfileStanding {
        var listing: ProfileStanding.Listing?
        for voice in voices {
            guard let entry = voice.entry(hash) else { continue }
            if let reason = entry.withdrawn { return .withdrawn(index: voice.name, reason: reason) }
            guard var known = listing else {
                listing = .init(
                    index: voice.name, isOwn: voice.isOwn, id: entry.id, version: entry.version, trust: entry.trust,
                    evidence: entry.evidence)
                continue
            }
            known.isOwn = known.isOwn || voice.isOwn
            known.trust.merge(entry.trust, uniquingKeysWith: max)
            known.evidence += entry.evidence
            listing = known
        }
        return listing.map(ProfileStanding.listed) ?? .unlisted
    }

    /// Whether some index lists this version of a profile with other bytes.
    public func listsOtherBytes(id: String, version: String, hash: String) -> Bool {
        voices.contains { voice in
            voice.index?.entries.contains { $0.id == id && $0.version == version && $0.hash != hash } ?? false
        }
    }

    /// The newest version of a profile that counts, with the index that offers it; the first index wins among equals.
    public func newest(of id: String) -> (index: String, entry: IndexEntry)? {
        var best: (index: String, entry: IndexEntry)?
        for voice in voices {
            guard let entry = voice.index?.newest(of: id) else { continue }
            if case .withdrawn = standing(of: entry.hash) { continue }
            if let known = best, !SemanticOrder.isBefore(known.entry.version, entry.version) { continue }
            best = (voice.name, entry)
        }
        return best
    }
}
