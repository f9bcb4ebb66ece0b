import Foundation
import Testing

@testable import DriverPrograms

/// The guide for authors of drivers: what it shows works.
@Suite(.timeLimit(.minutes(5))) struct DriverGuideTests {
    private static let root = URL(fileURLWithPath: #filePath).appendingPathComponent("../../..").standardized.path

    /// The code of the guide by its language, in the order of the page.
    private func blocks() throws -> [(language: String, code: String)] {
        let text = try String(contentsOfFile: Self.root + "/Documentation/driver-guide.md", encoding: .utf8)
        var blocks: [(language: String, code: String)] = []
        var isInside = false
        for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix("```") {
                isInside.toggle()
                if isInside { blocks.append((String(line.dropFirst(3)), "")) }
            } else if isInside {
                blocks[blocks.count - 1].code += line + "\n"
            }
        }
        return blocks
    }

    @Test func itsMeterKeepsEveryRule() async throws {
        let blocks = try blocks()
        let python = blocks.filter { $0.language == "python" }
        let manifest = try #require(blocks.first { $0.language == "yaml" })
        try #require(python.count == 2)
        let folder = NSTemporaryDirectory() + "chargehost-guide-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let files = [("peer.py", python[0].code), ("driver.yaml", manifest.code), ("my_meter.py", python[1].code)]
        for (name, code) in files {
            try code.write(toFile: folder + "/" + name, atomically: true, encoding: .utf8)
        }
        let verdicts = await DriverCheck(folder).run()
        #expect(verdicts.filter { $0.outcome == .failed } == [])
        #expect(verdicts.filter { $0.outcome == .skipped }.map(\.rule) == [.charge, .stop])
    }

    @Test func theTemplatesAreTheDriversOfTheGuide() throws {
        let template = try String(
            contentsOfFile: Self.root + "/Sources/chargehost/PythonDriverTemplate.swift", encoding: .utf8)
        let lines = Set(template.split(separator: "\n").map { $0.trimmingCharacters(in: .whitespaces) })
        for block in try blocks() where block.language == "python" {
            for line in block.code.split(separator: "\n") {
                #expect(lines.contains(line.trimmingCharacters(in: .whitespaces)), "\(line)")
            }
        }
    }
}
