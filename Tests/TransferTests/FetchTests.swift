import Foundation
import Synchronization
import Testing

@testable import Transfer

@Suite struct FetchTests {
    private func location(_ text: String) throws -> TransferLocation { try #require(TransferLocation(text)) }

    private func transfer(retries: Int = 3, limit: Int = 1 << 24) -> FileTransfer {
        FileTransfer(TransferRules(sizeLimit: limit, retries: retries, interval: .milliseconds(1)))
    }

    @Test func aFileArrivesWholeAndItsProgressIsTold() async throws {
        let server = try await FileServer("http")
        let content = try server.put("a.bin", bytes: 300_000)
        let last = Mutex(TransferProgress(attempt: 0, bytes: 0, total: nil))
        try await transfer().fetch(
            try location("http://127.0.0.1:\(server.port)/plain/a.bin"), to: server.folder + "/a"
        ) { progress in last.withLock { $0 = progress } }
        #expect(try server.content("a") == content)
        #expect(last.withLock { $0 } == TransferProgress(attempt: 1, bytes: 300_000, total: 300_000))
        #expect(!FileManager.default.fileExists(atPath: server.folder + "/a.part"))
    }

    @Test func whatBreaksOffIsGoneOnWith() async throws {
        let server = try await FileServer("http")
        let content = try server.put("a.bin", bytes: 200_000)
        try await transfer().fetch(
            try location("http://127.0.0.1:\(server.port)/cut/a.bin"), to: server.folder + "/a")
        #expect(try server.content("a") == content)
        let asked = try await server.requests(2)
        #expect(asked.map { $0["range"] as? String } == [nil, "bytes=100000-"])
        #expect(asked.last?["condition"] as? String == "\"cut-1\"")
    }

    @Test func aFileThatWasReplacedMeanwhileIsFetchedAnewAndNeverMixed() async throws {
        let server = try await FileServer("http")
        let content = try server.put("a.bin", bytes: 200_000)
        try await transfer().fetch(
            try location("http://127.0.0.1:\(server.port)/change/a.bin"), to: server.folder + "/a")
        #expect(try server.content("a") == content.reversed())
    }

    @Test func aServerThatKnowsNoRangesIsAskedForAllOfIt() async throws {
        let server = try await FileServer("http")
        let content = try server.put("a.bin", bytes: 200_000)
        try await transfer().fetch(
            try location("http://127.0.0.1:\(server.port)/norange/a.bin"), to: server.folder + "/a")
        #expect(try server.content("a") == content)
    }

    @Test func aServerThatIsBusyIsAskedAgainAndOneThatHasNothingIsNot() async throws {
        let server = try await FileServer("http")
        let content = try server.put("a.bin", bytes: 10)
        let busy = try location("http://127.0.0.1:\(server.port)/flaky/a.bin")
        try await transfer(retries: 2).fetch(busy, to: server.folder + "/a")
        #expect(try server.content("a") == content)
        #expect(try await server.requests(3).count == 3)
        let none = try location("http://127.0.0.1:\(server.port)/plain/none")
        await #expect(throws: TransferError.status(none, 404)) {
            try await transfer().fetch(none, to: server.folder + "/b")
        }
        #expect(try await server.requests(4).count == 4)
        let other = try await FileServer("http")
        let again = try location("http://127.0.0.1:\(other.port)/flaky/a.bin")
        await #expect(throws: TransferError.status(again, 503)) {
            try await transfer(retries: 1).fetch(again, to: server.folder + "/c")
        }
    }

    @Test func aFileThatIsTooLargeIsNotTaken() async throws {
        let server = try await FileServer("http")
        _ = try server.put("a.bin", bytes: 5000)
        let large = try location("http://127.0.0.1:\(server.port)/plain/a.bin")
        await #expect(throws: TransferError.tooLarge(large, limit: 4999)) {
            try await transfer(limit: 4999).fetch(large, to: server.folder + "/a")
        }
        try await transfer(limit: 5000).fetch(large, to: server.folder + "/a")
        #expect(!FileManager.default.fileExists(atPath: server.folder + "/b"))
    }

    @Test func userAndPasswordOfTheURLAreShownToTheServerAndToNobodyElse() async throws {
        let server = try await FileServer("http")
        let content = try server.put("a.bin", bytes: 10)
        let right = try location("http://box:open%20sesame@127.0.0.1:\(server.port)/private/a.bin?token=t")
        #expect("\(right)" == "http://127.0.0.1:\(server.port)/private/a.bin")
        let plain = try location("http://box:open%20sesame@127.0.0.1:\(server.port)/private/a.bin")
        try await transfer().fetch(plain, to: server.folder + "/a")
        #expect(try server.content("a") == content)
        let wrong = try location("http://box:guess@127.0.0.1:\(server.port)/private/a.bin")
        await #expect(throws: TransferError.denied(wrong)) {
            try await transfer().fetch(wrong, to: server.folder + "/b")
        }
        #expect(!TransferError.denied(wrong).description.contains("guess"))
    }

    @Test func aTransferThatIsCalledOffEndsAtOnce() async throws {
        let server = try await FileServer("http")
        _ = try server.put("a.bin", bytes: 100_000)
        let slow = try location("http://127.0.0.1:\(server.port)/slow/a.bin")
        let (began, told) = AsyncStream.makeStream(of: Void.self)
        let task = Task {
            try await transfer().fetch(slow, to: server.folder + "/a") { if $0.bytes > 0 { told.yield() } }
        }
        for await _ in began { break }
        task.cancel()
        await #expect(throws: TransferError.cancelled) { try await task.value }
        #expect(!FileManager.default.fileExists(atPath: server.folder + "/a"))
    }

    @Test func nobodyThereIsAnErrorAfterTheLastTry() async throws {
        let gone = try location("http://127.0.0.1:9/a")
        await #expect(throws: TransferError.self) { try await transfer(retries: 1).fetch(gone, to: "/nowhere/a") }
    }

    @Test(arguments: ["file:///etc/passwd", "gopher://a/b", "nonsense", "http://", "dict://a:1/", "http://a/ b"])
    func whatIsNoLocationIsNone(_ text: String) { #expect(TransferLocation(text) == nil) }

    @Test func aFileIsNamedBelowItsFolderUnlessAQueryNamesItAlready() throws {
        #expect(try location("ftp://a/logs").file("x 1.tar.gz")?.url == "ftp://a/logs/x%201.tar.gz")
        #expect(try location("http://a/logs/").file("x")?.url == "http://a/logs/x")
        #expect(try location("https://a/up?token=1").file("x")?.url == "https://a/up?token=1")
    }
}
