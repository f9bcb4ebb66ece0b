import DeviceProfiles
import Testing

@testable import ProfileTesting

@Suite struct LibraryTests {
    @Test(arguments: Library.paths)
    func everyProfileOfTheLibraryPassesItsOwnTests(path: String) async throws {
        let document = try Library.document(path)
        let report = await ProfileTestRunner(profile: document, file: path).run()
        #expect(report.failed == 0, "\(report)")
        #expect(report.passed == document.profile.tests.count)
    }
}
