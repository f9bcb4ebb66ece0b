import Foundation
import Testing

@testable import Transfer

@Suite struct PutTests {
    private let transfer = FileTransfer(TransferRules(retries: 3, interval: .milliseconds(1)))

    @Test func aFileIsPutOverHTTPAndTriedAgainWhileTheServerIsBusy() async throws {
        let server = try await FileServer("http")
        let content = try server.put("../logs", bytes: 70_000)
        let folder = try #require(TransferLocation("http://127.0.0.1:\(server.port)/flaky"))
        try await transfer.put(server.folder + "/logs", to: try #require(folder.file("logs.tar.gz")))
        #expect(try server.content("files/logs.tar.gz") == content)
        #expect(try await server.requests(3).count == 3)
    }

    @Test func aFileIsPutAndFetchedOverFTPAndGoneOnWith() async throws {
        let server = try await FileServer("ftp")
        let content = try server.put("cut.bin", bytes: 200_000)
        let base = "ftp://box:open%20sesame@127.0.0.1:\(server.port)"
        let there = try #require(TransferLocation(base + "/cut.bin"))
        try await transfer.fetch(there, to: server.folder + "/fetched")
        #expect(try server.content("fetched") == content)
        let fetched = try await server.requests(4).filter { $0["method"] as? String == "RETR" }
        #expect(fetched.map { $0["rest"] as? Int } == [0, 100_000])

        let folder = try #require(TransferLocation(base + "/a/b"))
        try await transfer.put(server.folder + "/fetched", to: try #require(folder.file("up.bin")))
        #expect(try server.content("files/a/b/up.bin") == content)
    }

    @Test func aWrongPasswordIsNotTriedAgain() async throws {
        let server = try await FileServer("ftp")
        let wrong = try #require(TransferLocation("ftp://box:guess@127.0.0.1:\(server.port)/x"))
        await #expect(throws: TransferError.denied(wrong)) {
            try await transfer.fetch(wrong, to: server.folder + "/x")
        }
        #expect(try await server.requests(1).count == 1)
    }

    @Test func aServerIsBelievedByItsAuthorityOnlyAndNeverSendsOnToAnOpenOne() async throws {
        let keys = try SigningKeys()
        let server = try await FileServer("http", certificate: keys.path("server.pem"), key: keys.path("server.key"))
        let content = try server.put("a.bin", bytes: 1000)
        let there = try #require(TransferLocation("https://127.0.0.1:\(server.port)/plain/a.bin"))
        let refused = await #expect(throws: TransferError.self) {
            try await transfer.fetch(there, to: server.folder + "/a")
        }
        guard case .untrusted? = refused else {
            throw FileServer.Failure(description: "\(String(describing: refused))")
        }
        var believing = transfer
        believing.rules.authorities = keys.path("root.pem")
        believing.rules.retries = 0
        try await believing.fetch(there, to: server.folder + "/a")
        #expect(try server.content("a") == content)
        let open = try #require(TransferLocation("https://127.0.0.1:\(server.port)/open/a.bin"))
        await #expect(throws: TransferError.self) { try await believing.fetch(open, to: server.folder + "/b") }
    }
}
