import DeviceProfiles
import DriverAPI
import Simulator
import Testing
import YAML

@testable import ProfileTesting

/// Every wallbox of the library, as a device that cars come to, commanded through its own profile.
@Suite struct WallboxBehaviourTests {
    static var wallboxes: [String] { Library.paths.filter { $0.hasPrefix("wallbox/") } }

    static let mark = Mark(line: 1, column: 1)

    static func entry(_ seconds: Int, _ change: (inout ScenarioEntry) -> Void) -> ScenarioEntry {
        var entry = ScenarioEntry(at: .seconds(seconds), mark: mark)
        change(&entry)
        return entry
    }

    static func expects(_ name: String, _ value: Value, within tolerance: Exact = 0) -> (String, ExpectedValue, Mark) {
        (name, ExpectedValue(value: value, tolerance: tolerance), mark)
    }

    @Test(arguments: wallboxes)
    func aCarIsSeenAndFollowsTheLimit(path: String) async throws {
        let document = try Library.document(path)
        let profile = document.profile
        let given = try #require(profile.tests.lazy.compactMap(\.given).first)
        var drawn = [Self.expects("state", .member("C"))]
        if profile.point("current.l1") != nil { drawn.append(Self.expects("current.l1", .number(10), within: 1)) }
        let scenario = [
            Self.entry(0) { $0.device = .vehicleLeaves },
            Self.entry(60) { $0.expect = [Self.expects("state", .member("A"))] },
            Self.entry(61) { $0.device = .vehiclePlugs },
            Self.entry(120) { $0.expect = [Self.expects("state", .member("B"))] },
            Self.entry(121) { $0.commands = [.charge(.current(10))] },
            Self.entry(180) { $0.device = .vehicleCharges },
            Self.entry(240) { $0.expect = drawn },
            Self.entry(241) { $0.commands = [.charge(.off)] },
            Self.entry(300) { $0.expect = [Self.expects("state", .member("B"))] },
        ]
        let test = ProfileTest(name: "a car", mark: Self.mark, given: given, scenario: scenario)
        let outcome = await ProfileTestRunner(profile: document, file: path).run(test)
        #expect(outcome.failures == [], "\(outcome.failures.map(\.description).joined(separator: "\n"))")
    }

    /// The wallboxes that limit themselves to a current of their own when they hear nothing.
    static var fallingBack: [String] {
        wallboxes.filter { path in
            guard case .limitsToPoint? = try? Library.document(path).profile.keepAlive?.deviceThen else { return false }
            return true
        }
    }

    @Test(arguments: fallingBack)
    func aBoxThatHearsNothingFallsBackToItsOwnCurrent(path: String) async throws {
        let document = try Library.document(path)
        let given = try #require(document.profile.tests.lazy.compactMap(\.given).first)
        guard case .limitsToPoint(let name)? = document.profile.keepAlive?.deviceThen else { return }
        let device = try SimulatedDevice(document, fixture: given)
        let fallBack = try #require(device.value(of: name, at: .zero)?.value?.number)
        let drawn: Exact = fallBack < 6 ? 0 : fallBack
        let scenario = [
            Self.entry(0) { $0.commands = [.charge(.current(10))] },
            Self.entry(60) { $0.expectDevice = [Self.expects("current.l1", .number(10))] },
            Self.entry(61) { $0.host = .silent },
            Self.entry(61 + 400) { $0.expectDevice = [Self.expects("current.l1", .number(drawn))] },
        ]
        let test = ProfileTest(name: "silence", mark: Self.mark, given: given, scenario: scenario)
        let outcome = await ProfileTestRunner(profile: document, file: path).run(test)
        #expect(outcome.failures == [], "\(outcome.failures.map(\.description).joined(separator: "\n"))")
    }
}
