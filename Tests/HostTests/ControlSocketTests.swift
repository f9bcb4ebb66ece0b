import Foundation
import Testing

@testable import Host

@Suite struct ControlSocketTests {
    @Test func aRequestIsAnsweredAndOnlyTheOwnerMayAsk() async throws {
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let socket = try ControlSocket(folder + "/control.sock") { request in
            .json(["path": request.path, "body": String(decoding: request.body, as: UTF8.self)])
        }
        defer { socket.stop() }
        let mode = try FileManager.default.attributesOfItem(atPath: folder + "/control.sock")[.posixPermissions] as? Int
        #expect(mode == 0o600)
        let response = try await ControlClient(folder: folder).send(
            ControlRequest(method: "POST", path: "/api/v1/x", body: Array("hello".utf8)))
        #expect(response.status == 200)
        #expect(String(decoding: response.body, as: UTF8.self) == #"{"body":"hello","path":"/api/v1/x"}"#)
    }

    @Test func aClientThatSaysNothingDelaysNobody() async throws {
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        let socket = try ControlSocket(folder + "/control.sock") { _ in .json(["ok": true]) }
        defer { socket.stop() }
        let silent = try Silent(folder + "/control.sock")
        let response = try await ControlClient(folder: folder).send(ControlRequest(method: "GET", path: "/"))
        #expect(response.status == 200)
        _ = silent
    }

    @Test func nobodyThereIsSaidSo() async throws {
        let folder = try temporaryFolder()
        defer { try? FileManager.default.removeItem(atPath: folder) }
        await #expect(throws: ControlSocketError.noHost(folder + "/control.sock")) {
            try await ControlClient(folder: folder).send(ControlRequest(method: "GET", path: "/"))
        }
    }

    private func temporaryFolder() throws -> String {
        let path = "/tmp/" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        return path
    }
}

/// A client that connects and says nothing.
private final class Silent {
    private let descriptor: Int32

    init(_ path: String) throws {
        descriptor = socket(AF_UNIX, Int32(SOCK_STREAM.rawValue), 0)
        var address = try #require(ControlSocket.address(path))
        let result = withUnsafePointer(to: &address) {
            $0.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                connect(descriptor, $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
        #expect(result == 0)
    }

    deinit { close(descriptor) }
}
