import DeviceProfiles
import DriverAPI
import ModbusProfile
import Simulator

/// How high other profiles score on the device of a fixture.
struct FixtureScore {
    /// The fixture.
    let fixture: Fixture
    /// The profile it belongs to.
    let of: any VariableProfile
    /// The options of the device.
    let options: [String: String]

    /// The score that `other` gives the device; 0 when it does not get that far.
    func score(of other: any VariableProfile) async -> Int {
        do throws(DriverError) {
            let bench = try TestBench(
                of, fixture: fixture, options: fixture.options.merging(options) { $1 }, pace: .instant)
            let configuration = EngineConfiguration(
                unit: of.profile.link.defaultUnit, options: FixtureScore.answers(to: other.profile),
                writesByItself: false)
            let engine = try await ProfileEngine(
                profile: other, link: bench.link, clock: bench.clock, store: bench.store, configuration: configuration)
            try? await engine.connect()
            return await engine.score ?? 0
        } catch {
            return 0
        }
    }

    /// An answer to every option that has no default; identification does not depend on them.
    private static func answers(to profile: DeviceProfile) -> [String: String] {
        var answers: [String: String] = [:]
        for option in profile.options where option.defaultValue == nil {
            let low = option.range?.lowerBound ?? 0
            answers[option.name] =
                switch option.kind {
                case .bool: "false"
                case .choice: option.choices.first?.name ?? ""
                case .text: ""
                case .integer, .number: "\(low)"
                default: "\(low) \((option.kind.unit ?? .one).rawValue)"
                }
        }
        return answers
    }
}
