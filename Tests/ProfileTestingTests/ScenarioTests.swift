import DeviceProfiles
import Testing

@testable import ProfileTesting

@Suite struct ScenarioTests {
    /// Runs one scenario with a Power Brain that charges.
    func run(_ scenario: String, given: String = "charging") async throws -> [String] {
        let file = "wallbox/cfos.power-brain.yaml"
        let text = try Library.text(file)
        let tests = try #require(text.firstRange(of: "\ntests:\n"))
        let test = "\ntests:\n  - name: scenario\n    given: \(given)\n    scenario:\n"
        let lines = scenario.split(separator: "\n").map { "      - " + $0 + "\n" }.joined()
        let document = try Library.document(text[..<tests.lowerBound] + test + lines, file: file)
        return await ProfileTestRunner(profile: document, file: file).run().diagnostics.map(\.message)
    }

    @Test func theCarComesStopsAndGoes() async throws {
        let found = try await run(
            """
            {at: 0 s, device: vehicle-leaves}
            {at: 1 s, expect: {state: A}}
            {at: 2 s, device: vehicle-plugs}
            {at: 3 s, expect: {state: B}}
            {at: 4 s, device: vehicle-charges}
            {at: 10 s, expect: {state: C, current.l1: 16 A, power: 11040 W}}
            """)
        #expect(found == [])
    }

    @Test func theCarFollowsWithinFiveSecondsOfTheCommand() async throws {
        let found = try await run(
            """
            {at: 0 s, command: {charge: 10 A}, expect_device: {current_offered: 10 A}}
            {at: 6 s, expect: {current.l1: 10 A, current.l2: 10 A}}
            {at: 7 s, command: {charge: off}}
            {at: 13 s, expect: {state: B, current.l3: 0 A}}
            """)
        #expect(found == [])
    }

    @Test func framesAreCountedFromEntryToEntry() async throws {
        let found = try await run(
            """
            {at: 0 s, command: {charge: 10 A}, expect_writes: ["06 1F9D 0064", "06 1F9E 0001"]}
            {at: 20 s, command: {charge: 12 A}, expect_writes: ["06 1F9D 0078"]}
            {at: 40 s, expect_writes: []}
            """)
        #expect(found == [])
    }

    @Test func framesOfAnEntryThatDoesNotAskAreLeftToTheNext() async throws {
        let found = try await run(
            """
            {at: 0 s, command: {charge: 10 A}}
            {at: 20 s, expect_writes: ["06 1F9D 0064", "06 1F9E 0001"]}
            {at: 21 s, expect_writes: []}
            """)
        #expect(found == [])
    }

    @Test func aDeviceThatLostItsRAMIsToldAgain() async throws {
        let found = try await run(
            """
            {at: 0 s, command: {charge: 10 A}, expect_writes: ["06 1F9D 0064", "06 1F9E 0001"]}
            {at: 20 s, device: loses-ram, expect_device: {current_limit: 16 A}}
            {at: 21 s, expect_writes: ["06 1F9D 0064", "06 1F9E 0001"], within: 30 s}
            {at: 60 s, expect_device: {current_limit: 10 A}}
            """)
        #expect(found == [])
    }

    @Test func aSilentDeviceIsOfflineAndComesBack() async throws {
        let found = try await run(
            """
            {at: 0 s, device: silent, for: 20 s}
            {at: 15 s, expect: {state: offline}}
            {at: 400 s, expect: {state: C}}
            """)
        #expect(found == [])
    }

    @Test func changedRegistersAreRead() async throws {
        let found = try await run(
            """
            {at: 5 s, registers: {holding: {8092: [9]}}}
            {at: 7 s, expect: {state: F, state.reason: dc-fault-current}}
            """)
        #expect(found == [])
    }

    @Test func aWrongExpectationOfAScenarioFails() async throws {
        let found = try await run("{at: 5 s, expect: {state: A}}")
        #expect(found == ["test \"scenario\": state is C, expected A"])
    }
}
