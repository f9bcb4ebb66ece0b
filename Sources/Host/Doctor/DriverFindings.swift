import DriverPrograms

/// What the doctor finds about driver programs: those of the site, and how they can be confined here.
struct DriverFindings {
    private let site: Site?

    init(site: Site?) { self.site = site }

    /// Everything found; nothing without a site that uses or has drivers.
    func all() -> [Doctor.Finding] {
        guard let site else { return [] }
        let roster = DriverRoster(site)
        let used = Dictionary(grouping: site.devices.filter { $0.driver != nil }) { $0.driver ?? "" }
        guard !used.isEmpty || !roster.found.isEmpty else { return [] }
        return confinement() + used.sorted { $0.key < $1.key }.map { driver($0.key, $0.value, roster) }
            + roster.found.filter { $0.manifest == nil && used[$0.name] == nil }.map { found in
                Doctor.Finding(
                    state: .note, subject: "driver \(found.name)", text: found.problems.joined(separator: "; "))
            }
    }

    private func confinement() -> [Doctor.Finding] {
        let found = Confinement.found
        // Bubblewrap is more than most systems have; what it adds is said, and no fault of a machine without it.
        let isWhole = found.setpriv != nil && found.prlimit != nil
        return [
            Doctor.Finding(
                state: isWhole ? .good : .note, subject: "driver programs", text: found.words.joined(separator: "; "))
        ]
    }

    private func driver(_ name: String, _ devices: [SiteDevice], _ roster: DriverRoster) -> Doctor.Finding {
        let ids = devices.map(\.id).joined(separator: ", ")
        guard let manifest = roster.manifest(name) else {
            return Doctor.Finding(state: .bad, subject: "driver \(name)", text: "\(ids): \(roster.refusal(name))")
        }
        return Doctor.Finding(
            state: .good, subject: "driver \(name)",
            text: "version \(manifest.version) in \(manifest.folder), for \(ids)")
    }
}
