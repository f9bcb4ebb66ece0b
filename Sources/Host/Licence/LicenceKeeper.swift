import Foundation
import Licensing
import Storage

/// Keeps the licences of a host: reads them, remembers what has to last, and says which boxes may be controlled.
actor LicenceKeeper {
    /// What is stored.
    private struct Stored: Codable, Sendable {
        var memory = LicenceMemory()
        var places = AdmissionMemory()
        var proven: [String: String] = [:]
        var trial: Trial?
    }

    /// How often the folder is read without being asked, in seconds.
    private static let period: Int64 = 60

    let rules: LicenceRules
    let host: PublicKey
    private let data: String
    private let files: LicenceFiles
    private let kept: KeptSetting
    private var stored = Stored()
    private var makes: BoxMakes
    private var entitlement: Entitlement
    private var lookedAt: Int64
    private(set) var admissions: [String: Admission] = [:]
    private(set) var problem: String?

    /// Reads what there is; what cannot be read is said in ``problem``.
    init(_ rules: LicenceRules, data: String, storage: SiteStorage, log: HostLog) async {
        self.rules = rules
        self.data = data
        kept = KeptSetting("licence", of: "licences", storage: storage, log: log)
        files = LicenceFiles(data: data)
        do throws(LicenceProblem) {
            host = try HostIdentity.load(in: data).publicKey
        } catch {
            problem = error.description
            log.write(.error, error.description)
            // No licence is for a host that is nobody.
            host = SigningKey()?.publicKey ?? .nobody
        }
        if let before = await kept.load(Stored.self) { stored = before }
        makes = BoxMakes(own: rules.ownProfiles, proven: stored.proven)
        lookedAt = rules.wall()
        entitlement = Entitlement(
            files.read(), host: host, keys: rules.keys, trial: stored.trial, memory: stored.memory, now: lookedAt)
    }

    /// Judges the boxes among `states`; `file` gives a profile's bytes as a device runs it, `hosts` what the hosts that
    /// show boxes have proven. What changed is stored.
    func admit(
        _ states: [DeviceState], hosts: [String: HostStanding] = [:], file: @Sendable (String) -> Data?
    ) async -> [String: Admission] {
        if abs(rules.wall() - lookedAt) >= Self.period { look() }
        let boxes = makes.boxes(states, hosts: hosts, file: file)
        stored.proven = makes.proven
        (admissions, stored.places) = Admissions.admit(boxes, places: entitlement.places, memory: stored.places)
        await keep()
        return admissions
    }

    /// What a person must know, in words.
    var warnings: [String] { entitlement.warnings + (problem.map { [$0] } ?? []) }

    /// The state for people and programs.
    var document: LicenceDocument {
        LicenceDocument(
            host, entitlement, admissions, warnings: warnings, canTry: stored.trial == nil,
            isPowerBrain: HostWitness(data: data).isCertified(host, keys: rules.keys))
    }

    /// The places and who counts, for the site's document.
    var status: LicenceStatus { LicenceStatus(entitlement, admissions, warnings: warnings) }

    /// Checks a licence, or the certificate of a Power Brain, and keeps it; it counts from now on. Throws
    /// ``LicenceProblem``.
    func install(_ bytes: [UInt8]) throws(LicenceProblem) {
        if HostCertificate.isMeant(bytes) {
            return try HostWitness(data: data).keep(bytes, host: host, keys: rules.keys)
        }
        let trial = Entitlement(
            .files([.init(name: "new", bytes: bytes)]), host: host, keys: rules.keys, trial: nil, memory: stored.memory,
            now: rules.wall())
        guard let finding = trial.findings.first, let licence = finding.licence else {
            if case .refused(let refusal) = trial.findings.first?.standing { throw .refused(refusal) }
            throw .refused(.malformed("it is empty"))
        }
        if case .refused(let refusal) = finding.standing { throw .refused(refusal) }
        try files.store(bytes, id: licence.id)
        look()
    }

    /// Begins the trial. Throws ``LicenceProblem/trialUsed(_:)`` where it was begun before.
    func startTrial() async throws(LicenceProblem) -> Trial {
        if let trial = stored.trial { throw .trialUsed(trial.ends) }
        let trial = Trial(host: host, started: Day(seconds: max(rules.wall(), stored.memory.latest ?? 0)))
        stored.trial = trial
        look()
        await keep()
        return trial
    }

    private func look() {
        lookedAt = rules.wall()
        entitlement = Entitlement(
            files.read(), host: host, keys: rules.keys, trial: stored.trial, memory: entitlement.memory, now: lookedAt)
    }

    private func keep() async {
        stored.memory = entitlement.memory
        await kept.keep(stored)
    }
}
