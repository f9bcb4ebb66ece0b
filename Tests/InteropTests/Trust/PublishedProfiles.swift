import Foundation
import Testing

/// A publisher: a folder of profiles with a signed index, served by Python's plain web server.
final class PublishedProfiles {
    /// The profile of a box that charges; by its own simulation, not by any other profile of the library.
    static let id = "acme.box"

    let folder: Folder
    let server: Peer
    let url: String
    private(set) var publicKey = ""

    var root: String { folder.path + "/web" }
    var profile: String { root + "/wallbox/\(Self.id).yaml" }
    var index: String { root + "/index.list" }

    init() async throws {
        folder = try Folder()
        try FileManager.default.createDirectory(
            atPath: folder.path + "/web/wallbox", withIntermediateDirectories: true)
        let library = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appending(path: "Profiles").path
        let text = try String(contentsOfFile: library + "/wallbox/cfos.power-brain.yaml", encoding: .utf8)
            .replacing("id: cfos.power-brain", with: "id: \(Self.id)")
            .replacing("[0xCF05, 0x0000", with: "[0xACE1, 0x0000")
        server = try Peer(
            "/usr/bin/env",
            ["python3", "-u", "-m", "http.server", "--bind", "127.0.0.1", "0", "--directory", folder.path + "/web"])
        let line = try await server.line { $0.hasPrefix("Serving HTTP") }
        let port = try #require(line.firstMatch(of: /port (\d+)/)?.output.1)
        url = "http://127.0.0.1:\(port)/"
        try write(text, to: profile)
        let made = try await Programs.run(["licence", "issue", "--new-key", folder.path + "/publisher.key"])
        #expect(made.status == 0)
        publicKey = try await sign()
    }

    /// Signs what lies in the folder; the public key.
    @discardableResult
    func sign() async throws -> String {
        let signed = try await Programs.run(
            ["profile", "index", "sign", root, "--key", folder.path + "/publisher.key", "--replace"])
        guard signed.status == 0 else { throw Peer.Failure(description: signed.errors) }
        let key = folder.path + "/publisher.pub"
        try write(signed.output + "\n", to: key)
        return key
    }

    /// Changes the text of the index, and signs it anew.
    func republish(_ change: (String) -> String) async throws {
        try write(change(try text(index)), to: index)
        try await sign()
    }

    func text(_ path: String) throws -> String { try String(contentsOfFile: path, encoding: .utf8) }

    func write(_ text: String, to path: String) throws {
        try text.write(toFile: path, atomically: true, encoding: .utf8)
    }

    func end() async throws { try await server.stop(SIGKILL) }
}
