import DeviceProfiles
import Foundation
import Licensing
import ProfileTesting
import ProfileTrust

/// What an author sends to have a profile listed: the file, its entry for the index, and the text of a pull request.
public struct ProfileBundle: Sendable {
    /// What was made.
    public struct Outcome: Codable, Sendable {
        /// The folder.
        public var folder: String
        /// The files in it.
        public var files: [String]
        /// How far an index can trust it by what it brings.
        public var trust: [String: Int]
        /// How much of it its tests cover, in %.
        public var coverage_percent: Int
    }

    private let candidate: ProfileCandidate
    private let report: ProfileTestReport

    /// A bundle of a profile that has passed its tests.
    public init(_ candidate: ProfileCandidate) async {
        self.candidate = candidate
        report = await ProfileTestRunner(profile: candidate.document, file: candidate.place).run()
    }

    /// What the profile's own evidence is worth: its tests pass; reading also was recorded, where a fixture was.
    var trust: [Capability: TrustLevel] {
        var trust: [Capability: TrustLevel] = [.reading: recordings.isEmpty ? .tested : .recorded]
        let control = candidate.document.profile.control
        if control.charge != nil { trust[.limit] = .tested }
        if control.phases != nil { trust[.phases] = .tested }
        if control.wakeUp != nil { trust[.wakeUp] = .tested }
        return trust
    }

    private var recordings: [String] {
        candidate.document.profile.fixtures.sorted { $0.key < $1.key }.compactMap { name, fixture in
            guard case .recorded(_, let firmware, let date, let tool) = fixture.origin else { return nil }
            return "reading: fixture \(name), firmware \(firmware), recorded \(date) with \(tool)"
        }
    }

    /// Writes the bundle into `folder`; `evidence` are the author's lines. Throws ``TrustProblem``.
    public func write(to folder: String, evidence: [String]) throws(TrustProblem) -> Outcome {
        let profile = candidate.document.profile
        let file = "\(profile.deviceClass.rawValue)/\(profile.id).yaml"
        let entry = IndexEntry(
            id: profile.id, version: profile.versionText, hash: candidate.hash, file: file, trust: trust,
            evidence: recordings + evidence)
        let lines = ProfileIndex(serial: 1, issued: Day(number: 0), entries: [entry]).text
            .split(separator: "\n").dropFirst(3).joined(separator: "\n")
        let files = [
            (file, candidate.bytes), ("index-entry.txt", Array((lines + "\n").utf8)),
            ("pull-request.md", Array(text(file, lines, evidence).utf8)),
        ]
        for (name, bytes) in files { try FileReplacement.put(bytes, at: folder + "/" + name) }
        return Outcome(
            folder: folder, files: files.map(\.0),
            trust: Dictionary(uniqueKeysWithValues: trust.map { ($0.key.rawValue, $0.value.rawValue) }),
            coverage_percent: report.coverage.percent)
    }

    private func text(_ file: String, _ entry: String, _ evidence: [String]) -> String {
        let profile = candidate.document.profile
        let products = profile.products.map { "\($0.brand) \($0.model)" }.joined(separator: ", ")
        let sources = profile.sources.map { "- \($0.kind.rawValue): \($0.title ?? $0.url ?? "")" }
        let shown = recordings + evidence
        return """
            # \(profile.id) \(profile.versionText): \(profile.title)

            A \(profile.deviceClass.rawValue) profile for \(products).

            - `Profiles/\(file)`, SHA-256 `\(candidate.hash)`
            - \(candidate.passed) tests pass, \(report.coverage.percent) % of points, members, writes and variants covered

            ## Sources

            \(sources.joined(separator: "\n"))

            ## Evidence

            \(shown.isEmpty ? "None beyond the tests: no recording of a real device." : shown.map { "- \($0)" }.joined(separator: "\n"))

            ## Entry for the index

            ```
            \(entry.replacing("\n", with: "\n"))
            ```

            ## For the reviewer

            - [ ] every number can be found in the sources
            - [ ] what the device does without the host (`keepalive`) is documented, or `device_then: unknown`
            - [ ] registers kept in flash have a `budget`
            - [ ] whoever tried the writes on the device is named, with the firmware

            """
    }
}
