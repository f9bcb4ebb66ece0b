import DeviceProfiles
import DriverAPI

extension SimulatedDevice {
    /// Makes a device out of a profile and one of its fixtures, with the variants that its registers and options select.
    ///
    /// Without a name the fixture is that of the first test, else the first by name, else all registers are 0. The
    /// fixture's own options hold where `options` says nothing.
    public convenience init(
        _ document: ProfileDocument, fixture name: String? = nil, options written: [String: String] = [:],
        start: MonotonicTime = .zero
    ) throws(SimulationProblem) {
        let profile = document.profile
        let known = profile.fixtures.keys.sorted()
        let chosen = name ?? profile.tests.lazy.compactMap(\.given).first ?? known.first
        if let name, profile.fixtures[name] == nil { throw .fixture(name, profile: profile.id, known: known) }
        let fixture = chosen.flatMap { profile.fixtures[$0] } ?? Fixture()
        let options: [String: Value]
        do throws(OptionProblem) {
            options = try document.optionValues(fixture.options.merging(written) { $1 })
        } catch {
            throw .options("\(profile.id): \(error)")
        }
        let facts = DeviceFacts.facts(of: profile, in: fixture, options: options)
        let resolved = document.resolved(options: options, facts: facts)
        if let problem = resolved.diagnostics.first { throw .profile("\(problem)") }
        self.init(profile: resolved.profile, fixture: fixture, options: options, facts: facts, start: start)
    }
}
