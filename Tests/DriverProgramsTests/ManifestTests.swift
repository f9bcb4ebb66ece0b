import DriverAPI
import DriverPrograms
import Foundation
import Testing

@Suite struct ManifestTests {
    private static let good = """
        api: 1
        name: meter
        version: 1.0.0
        program: ./meter.sh
        classes: [meter]
        options:
          path: {type: text, required: true, description: where it is}
          factor: {type: number, default: 0.1}

        """

    private func folder(_ manifests: [String: String], runs: Bool = true) throws -> String {
        let root = NSTemporaryDirectory() + "chargehost-manifests-" + UUID().uuidString
        for (name, text) in manifests {
            try FileManager.default.createDirectory(atPath: "\(root)/\(name)", withIntermediateDirectories: true)
            try text.write(toFile: "\(root)/\(name)/driver.yaml", atomically: true, encoding: .utf8)
            let program = "\(root)/\(name)/meter.sh"
            #expect(
                FileManager.default.createFile(
                    atPath: program, contents: Data("#!/bin/sh\n".utf8),
                    attributes: [.posixPermissions: runs ? 0o755 : 0o644]))
        }
        return root
    }

    @Test func driversAreFoundInTheirFolders() throws {
        let root = try folder(["a": Self.good, "b": Self.good, "c": "name: [", "d": Self.good + "colour: red\n"])
        defer { try? FileManager.default.removeItem(atPath: root) }
        let found = DriverFolder.all(in: [root, root + "/nowhere"])
        #expect(found.map(\.path) == ["a", "b", "c", "d"].map { "\(root)/\($0)" })
        #expect(found[0].problems == [])
        #expect(found[0].manifest?.options["factor"]?.standard == "0.1")
        #expect(found[1].problems == ["\(root)/b/driver.yaml: there is a driver meter in \(root)/a already"])
        #expect(found[2].manifest == nil && found[2].problems.count == 1)
        #expect(found[3].problems.first?.hasPrefix("\(root)/d/driver.yaml:9:1 P002 unknown key 'colour'") == true)
    }

    @Test(arguments: [
        ("api: 1", "api: 2", "speaks version 2 of the protocol, this host version 1"),
        ("./meter.sh", "./gone.sh", "the program ./gone.sh of the driver meter is not there or may not be run"),
        ("./meter.sh", "no-such-program-anywhere", "is not there or may not be run"),
        (
            "name: meter", "name: My Meter",
            "2:7 P003 expected 1 to 40 letters a-z, digits and hyphens, found 'My Meter'"
        ),
        (
            "classes: [meter]", "classes: [toaster]",
            "expected one of wallbox, meter, inverter, battery, found 'toaster'"
        ),
        ("default: 0.1", "default: much", "expected a default of the type number, found 'much'"),
        ("version: 1.0.0\n", "", "version is missing: a text"),
    ])
    func whatIsWrongInAManifestIsSaid(part: String, instead: String, sentence: String) throws {
        let root = try folder(["a": Self.good.replacingOccurrences(of: part, with: instead)])
        defer { try? FileManager.default.removeItem(atPath: root) }
        let found = DriverFolder(root + "/a")
        #expect(found.manifest == nil)
        #expect(found.problems.contains { $0.contains(sentence) }, "\(found.problems)")
    }

    @Test func aProgramThatMayNotBeRunIsAProblem() throws {
        let root = try folder(["a": Self.good], runs: false)
        defer { try? FileManager.default.removeItem(atPath: root) }
        #expect(DriverFolder(root + "/a").problems.count == 1)
    }

    @Test func defaultsAreFilledInAndWhatIsNeededIsAskedFor() throws {
        let root = try folder(["a": Self.good])
        defer { try? FileManager.default.removeItem(atPath: root) }
        let manifest = try #require(DriverFolder(root + "/a").manifest)
        #expect(try manifest.options(["path": "x"]) == ["path": "x", "factor": "0.1"])
        let error = #expect(throws: DriverError.self) { try manifest.options([:]) }
        #expect(error == .configuration("the driver meter needs the option path"))
    }
}
