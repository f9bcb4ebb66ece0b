import DriverAPI
import Foundation
import Testing

@testable import DriverPrograms

/// The example in Swift, as it was built for the tests, with its charger.
@Suite(.timeLimit(.minutes(5))) struct SwiftExampleTests {
    private let folder: String

    init() throws {
        let files = FileManager.default
        folder = NSTemporaryDirectory() + "chargehost-goe-" + UUID().uuidString
        let example =
            URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().path + "/Examples/drivers/goe"
        try files.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try files.copyItem(atPath: example + "/peer.py", toPath: folder + "/peer.py")
        let manifest = try String(contentsOfFile: example + "/driver.yaml", encoding: .utf8)
        #expect(manifest.contains("program: .build/release/goe\n"))
        try manifest.replacingOccurrences(of: ".build/release/goe", with: try #require(Self.program)).write(
            toFile: folder + "/driver.yaml", atomically: true, encoding: .utf8)
    }

    private static var program: String? {
        let places =
            [URL(fileURLWithPath: CommandLine.arguments[0]).resolvingSymlinksInPath()]
            + Bundle.allBundles.map(\.bundleURL)
        return places.map { $0.deletingLastPathComponent().appendingPathComponent("goe").path }.first {
            FileManager.default.isExecutableFile(atPath: $0)
        }
    }

    @Test func itKeepsEveryRule() async throws {
        let verdicts = await DriverCheck(folder).run()
        #expect(verdicts.filter { $0.outcome != .passed } == [])
        try FileManager.default.removeItem(atPath: folder)
    }

    @Test func aLimitIsRoundedDownToldAndReadBack() async throws {
        let manifest = try #require(DriverFolder(folder).manifest)
        let charger = try CheckPeer(manifest, temporary: folder)
        let driver = ProgramDriver(DriverProcess(manifest, timing: .short, temporary: folder))
        let box = Watched(
            try await driver.open(
                DeviceConfiguration(
                    id: "box", profile: "", address: "127.0.0.1:\(try #require(charger.port))",
                    options: ["every": "0.2"]),
                context: DriverContext(clock: SystemClock(), store: MemoryDriverStore())))
        #expect(await box.online())
        let described = await eventually {
            box.all.firstNonNil { if case .described(let description) = $0 { description } else { nil } }
        }
        #expect(described?.identity["serial"] == "123456")
        #expect(described?.charging?.maximum == 16)
        #expect(described?.charging?.watchdog == Watchdog.none)
        let outcome = try await box.device.apply(.charge(.current(Exact(109, over: 10) ?? 0)))
        #expect(outcome.told == 10)
        #expect(outcome.verified)
        // The charger draws what it was told on three phases of 230 V.
        let power = try await box.device.read(["power", "state"])
        #expect(power.map(\.value) == [.number(6900), .member("C")])
        #expect(try await box.device.apply(.charge(.off)).told == 0)
        #expect(try await box.device.read(["power", "state"]).map(\.value) == [.number(0), .member("B")])
        await #expect(throws: DriverError.self) { try await box.device.apply(.charge(.current(5))) }
        await driver.process.stop()
        try FileManager.default.removeItem(atPath: folder)
    }
}

extension Sequence {
    func firstNonNil<Found>(_ find: (Element) -> Found?) -> Found? {
        for element in self { if let found = find(element) { return found } }
        return nil
    }
}
