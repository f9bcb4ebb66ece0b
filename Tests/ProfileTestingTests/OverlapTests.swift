import DeviceProfiles
import ModbusProfile
import Testing

@testable import ProfileTesting

@Suite struct OverlapTests {
    let path = "wallbox/cfos.power-brain.yaml"

    @Test func aProfileThatAcceptsAnothersFixtureIsNamed() async throws {
        let own = try Library.document(path)
        let text = try Library.text(path).replacing("id: cfos.power-brain", with: "id: other.box")
        let other = try Library.document(text, file: "other.yaml")
        let found = await OverlapCheck(profile: own, file: path, library: [other]).diagnostics()
        #expect(found.count == own.profile.fixtures.count)
        #expect(found.allSatisfy { $0.code == "P050" && $0.severity == .error })
        #expect(found.first?.message.contains("other.box takes the fixture charging of cfos.power-brain") == true)
    }

    @Test func reachingTheScoreThatAsksIsAWarning() async throws {
        let own = try Library.document(path)
        let text = try Library.text(path).replacing("id: cfos.power-brain", with: "id: other.box")
            .replacing("words: [0x0100], score: 40", with: "words: [0x0101], score: 40")
            .replacing("  accept: 100\n", with: "  accept: 100\n  ask_installer_from: 60\n")
        let other = try Library.document(text, file: "other.yaml")
        let found = await OverlapCheck(profile: own, file: path, library: [other]).diagnostics()
        #expect(!found.isEmpty)
        #expect(found.allSatisfy { $0.severity == .warning && $0.message.contains("asks from 60") })
    }

    @Test func theProfilesOfTheLibraryAreToldApart() async throws {
        let library = try Library.paths.map { try Library.document($0) }
        for document in library {
            let check = OverlapCheck(
                profile: document, file: document.file, library: library.filter { $0.profile.id != document.profile.id }
            )
            let errors = await check.diagnostics().filter { $0.severity == .error }
            #expect(errors == [], "\(errors.map(\.description).joined(separator: "\n"))")
        }
    }
}
