import DeviceProfiles
import Foundation
import Licensing
import ProfileTrust
import Storage

/// Keeps what a host knows of the trust in profiles: reads indexes and confirmations, remembers what has to last, and judges
/// the profiles that its devices run.
actor TrustKeeper {
    /// What is stored.
    private struct Stored: Codable, Sendable {
        var memory = TrustMemory()
        var confirmations: [InstallerConfirmation] = []
        /// When the confirmations were read last, in days since 1970.
        var confirmedDay = 0
    }

    /// A profile as a device runs it.
    private struct Known {
        var bytes: Data
        var hash: String
        var id: String
        var version: String
    }

    /// How often the files are read without being asked, in seconds.
    private static let period: Int64 = 60

    let rules: TrustRules
    let folder: TrustFolder
    private let fetching: IndexFetching
    private let kept: KeptSetting
    private var stored = Stored()
    private var book = TrustBook([], memory: TrustMemory(), inUse: [], now: 0)
    private var known: [String: Known] = [:]
    private var lookedAt: Int64?
    private var problems: [String] = []
    private(set) var verdicts: [String: ProfileVerdict] = [:]

    init(_ rules: TrustRules, data: String, storage: SiteStorage, log: HostLog) async {
        self.rules = rules
        kept = KeptSetting("trust", of: "the trust in profiles", storage: storage, log: log)
        folder = TrustFolder(data: data)
        let seed = (try? HostIdentity.stored(in: data))?.publicKey.description ?? data
        fetching = IndexFetching(folder, seed: seed, log: log)
        if let before = await kept.load(Stored.self) { stored = before }
    }

    /// Judges the profiles of the devices among `states`; `file` gives a profile's bytes as a device runs it.
    func judge(_ states: [DeviceState], file: @Sendable (String) -> Data?) async -> [String: ProfileVerdict] {
        // By their places: a state is large, and there may be hundreds.
        for place in states.indices {
            know(states[place].entry.id, profile: states[place].entry.profile, file(states[place].entry.id))
        }
        let present = Set(states.indices.map { states[$0].entry.id })
        for gone in known.keys.filter({ !present.contains($0) }) { known[gone] = nil }
        let isNew = known.values.contains { !hashes.contains($0.hash) }
        if isNew || lookedAt.map({ abs(rules.wall() - $0) >= Self.period }) ?? true { look() }
        verdicts = Dictionary(states.indices.map { (states[$0].entry.id, verdict(states[$0].entry)) }) { first, _ in
            first
        }
        await keep()
        return verdicts
    }

    /// Reads everything anew at the next judgement.
    func refresh() { lookedAt = nil }

    /// What a person must know, in words.
    var warnings: [String] { problems + book.warnings + fetching.warnings }

    /// Fetches the lists that are due; whether there is a newer one. A `period` of nil fetches nothing.
    func fetch(every period: Duration?) async -> Bool {
        guard let period else {
            fetching.stop()
            return false
        }
        return await fetching.step(every: period, now: rules.wall())
    }

    /// The state for people and programs.
    func document(_ states: [DeviceState]) -> TrustDocument {
        TrustDocument(
            states.map { state in
                let known = known[state.entry.id]
                return TrustDocument.Device(
                    state, verdicts[state.entry.id] ?? .unreadable, version: known?.version, hash: known?.hash)
            }, warnings: warnings)
    }

    /// The profile that a device runs, and the digest of its file; nil where there is none.
    func running(_ device: String) -> (profile: String, hash: String)? {
        known[device].map { ($0.id, $0.hash) }
    }

    private var hashes: Set<String> = []

    private func know(_ id: String, profile reference: String, _ bytes: Data?) {
        guard let bytes else {
            known[id] = nil
            return
        }
        if known[id]?.bytes == bytes { return }
        let profile = ProfileDocument.load(Array(bytes), file: reference).document?.profile
        known[id] = Known(
            bytes: bytes, hash: Digest.sha256(Array(bytes)), id: profile?.id ?? reference,
            version: profile?.versionText ?? "")
    }

    private func verdict(_ entry: SiteDevice) -> ProfileVerdict {
        if entry.driver != nil || entry.address.hasPrefix("ocpp://") { return .notNeeded }
        guard let known = known[entry.id] else { return .unreadable }
        return ProfileVerdict(
            device: entry.id, profile: known.id, version: known.version, hash: known.hash, book: book,
            confirmations: stored.confirmations)
    }

    private func look() {
        let now = rules.wall()
        lookedAt = now
        problems = []
        hashes = Set(known.values.map(\.hash))
        let sources: [TrustSource]
        do throws(TrustProblem) {
            sources = try rules.sources(folder)
        } catch {
            // Which indexes there are is not known: those that were count as they were read last.
            problems.append(error.description)
            sources = stored.memory.indexes.keys.sorted().map { name in
                if let own = rules.own, own.name == name { return own.trusted }
                return TrustSource(name: name, found: .failure(.unreadable(error.description)))
            }
        }
        book = TrustBook(sources, memory: stored.memory, inUse: hashes, now: now)
        stored.memory = book.memory
        readConfirmations(Day(seconds: book.memory.latest ?? now))
    }

    private func readConfirmations(_ today: Day) {
        do throws(TrustProblem) {
            stored.confirmations = try folder.confirmations()
            stored.confirmedDay = today.number
        } catch {
            guard !stored.confirmations.isEmpty else {
                problems.append(error.description)
                return
            }
            let last = Day(number: stored.confirmedDay + TrustBook.unreadableDays)
            if today <= last {
                problems.append("\(error); what installers confirmed counts until \(last)")
            } else {
                problems.append("\(error); what installers confirmed does not count any more")
                stored.confirmations = []
            }
        }
    }

    private func keep() async {
        // The moment alone is no reason to write; a clock that is set back is told by days.
        var lasting = stored
        lasting.memory.latest = lasting.memory.latest.map { $0 / 86_400 * 86_400 }
        await kept.keep(lasting)
    }
}
