import Foundation
import Network
import Testing

@testable import Host

/// The files of the page as they are in the program.
@Suite struct PageFilesTests {
    private static let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
        .appendingPathComponent("../../../Sources/Host/Web")

    private func text(_ path: String) throws -> String {
        String(decoding: try #require(PageFiles.all[path]).bytes, as: UTF8.self)
    }

    @Test func everyFileOfTheFolderIsServedAsItIs() throws {
        let names = try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
        #expect(Set(PageFiles.all.keys) == Set(names.map { $0 == "index.html" ? "/" : "/web/" + $0 }))
        for name in names {
            let file = try #require(PageFiles.all[name == "index.html" ? "/" : "/web/" + name])
            #expect(try Data(contentsOf: Self.folder.appendingPathComponent(name)) == Data(file.bytes), "\(name)")
        }
    }

    @Test func whatAPageAsksForIsThere() throws {
        for (path, file) in PageFiles.all {
            let text = String(decoding: file.bytes, as: UTF8.self)
            for match in text.matches(of: /"(\/web\/[^"]*)"/) {
                #expect(PageFiles.all[String(match.output.1)] != nil, "\(path) asks for \(match.output.1)")
            }
        }
    }

    @Test func nothingIsInlineSoThatTheContentPolicyHolds() throws {
        let page = try text("/")
        #expect(!page.contains("<style"))
        #expect(page.firstMatch(of: /\s(style|on[a-z]+)=/) == nil)
        for match in page.matches(of: /<script[^>]*>/) { #expect(match.output.contains("src=")) }
    }

    @Test func nothingIsFetchedFromElsewhere() throws {
        for (path, file) in PageFiles.all {
            let text = String(decoding: file.bytes, as: UTF8.self).replacing("http://www.w3.org/2000/svg", with: "")
            #expect(text.firstMatch(of: /https?:\/\//) == nil, "\(path)")
        }
    }

    @Test func aBrowserThatHasAFileGetsNoBody() async throws {
        let file = try #require(PageFiles.all["/web/main.js"])
        let answer = file.response(
            to: HTTPRequest(method: .get, path: "/web/main.js", headers: ["If-None-Match": file.entityTag]))
        #expect(answer.status == .notModified)
        #expect(answer.headers["Cache-Control"] == "no-cache")
    }
}
