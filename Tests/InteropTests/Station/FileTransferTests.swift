import Foundation
import Testing

/// What a backend asks for of files, on a whole host: firmware fetched, checked and handed on, archives put.
@Suite struct FileTransferTests {
    /// A host with a backend, a file server, and a program that installs firmware by keeping it.
    private final class World {
        let backend: CentralSystem
        let files: Peer
        let site: RunningSite
        let folder: Folder
        let url: String

        init(root: String? = nil, program: String = "cp \"$2\" \"$1\"") async throws {
            folder = try Folder()
            backend = try await CentralSystem()
            let script = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
                .deletingLastPathComponent().appending(path: "TransferTests/Peers/file_server.py").path
            try FileManager.default.createDirectory(
                atPath: folder.path + "/files", withIntermediateDirectories: true)
            files = try Peer("/usr/bin/env", ["python3", "-u", script, "http", folder.path + "/files"])
            let line = try await files.line { $0.hasPrefix("{\"port\"") }
            url = "http://127.0.0.1:\(line.filter(\.isNumber))"
            let installer = folder.path + "/install"
            try "#!/bin/sh\n\(program)\n".write(toFile: installer, atomically: true, encoding: .utf8)
            try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: installer)
            site = try await RunningSite(
                """
                schema: site/1
                name: Files
                supply: {limit: 32 A}
                ocpp:
                  backend: {url: "ws://127.0.0.1:\(backend.port)/ocpp", id: FILES, security_profile: 0}
                  firmware:
                    command: ["\(installer)", "\(folder.path)/installed"]
                \(root.map { "    root: \"\($0)\"" } ?? "")
                """)
            try await backend.wait("BootNotification")
        }

        /// What came in of one action until `last`, by a property.
        func statuses(_ action: String, until last: String) async throws -> [String] {
            try await backend.wait(action) { $0["status"] as? String == last }
            return backend.received(action).compactMap { $0["status"] as? String }
        }

        func end() async throws {
            try await site.host.stop()
            try await files.stop(SIGKILL)
            try await backend.kill()
        }
    }

    private static let past = "2020-01-01T00:00:00Z"

    @Test func diagnosticsAreAnArchiveThatIsReallyThere() async throws {
        let world = try await World()
        let answer = try await world.backend.call("GetDiagnostics", "{\"location\": \"\(world.url)/plain\"}")
        let name = try #require((answer["fileName"] ?? answer["file_name"]) as? String)
        #expect(name.hasPrefix("chargehost-files-diagnostics-") && name.hasSuffix(".tar.gz"))
        #expect(
            try await world.statuses("DiagnosticsStatusNotification", until: "Uploaded") == ["Uploading", "Uploaded"])
        let path = world.folder.path + "/files/" + name
        let list = try Peer("/usr/bin/env", ["tar", "-tzf", path])
        #expect(try await list.end() == 0)
        #expect(Set(["log.txt", "events.jsonl", "queue.json", "version.txt", "site.yaml"]).isSubset(of: list.lines))
        let log = try Peer("/usr/bin/env", ["tar", "-xzOf", path, "log.txt"])
        #expect(try await log.end() == 0)
        #expect(log.lines.contains { $0.contains("backend: connected") })
        let left = try FileManager.default.contentsOfDirectory(atPath: world.site.folder.path + "/data/transfers")
        #expect(left.isEmpty, "\(left)")
        try await world.end()
    }

    @Test func aLogOfATimeBeforeTheHostHasNoLinesAndAWrongPlaceIsRefused() async throws {
        let world = try await World()
        let wrong = try await world.backend.call(
            "GetLog",
            "{\"logType\": \"DiagnosticsLog\", \"requestId\": 1, \"log\": {\"remoteLocation\": \"file:///etc\"}}")
        #expect(wrong["status"] as? String == "Rejected")
        let answer = try await world.backend.call(
            "GetLog",
            """
            {"logType": "SecurityLog", "requestId": 2, "log": {"remoteLocation": "\(world.url)/flaky/",
            "latestTimestamp": "\(Self.past)"}, "retries": 2, "retryInterval": 0}
            """.replacing("\n", with: " "))
        let name = try #require(answer["filename"] as? String)
        #expect(try await world.statuses("LogStatusNotification", until: "Uploaded") == ["Uploading", "Uploaded"])
        let log = try Peer("/usr/bin/env", ["tar", "-xzOf", world.folder.path + "/files/" + name, "log.txt"])
        #expect(try await log.end() == 0)
        #expect(log.lines.isEmpty)
        try await world.end()
    }

    @Test func aFirmwareIsFetchedAndHandedToTheProgram() async throws {
        let world = try await World()
        try "the firmware".write(toFile: world.folder.path + "/files/fw", atomically: true, encoding: .utf8)
        _ = try await world.backend.call(
            "UpdateFirmware",
            "{\"location\": \"\(world.url)/cut/fw\", \"retrieveDate\": \"\(Self.past)\", \"retryInterval\": 0}")
        #expect(
            try await world.statuses("FirmwareStatusNotification", until: "Installed") == [
                "Downloading", "Downloaded", "Installing", "Installed",
            ])
        #expect(try String(contentsOfFile: world.folder.path + "/installed", encoding: .utf8) == "the firmware")
        _ = try await world.backend.call(
            "UpdateFirmware",
            "{\"location\": \"\(world.url)/plain/none\", \"retrieveDate\": \"\(Self.past)\"}")
        try await world.backend.wait("FirmwareStatusNotification") { $0["status"] as? String == "DownloadFailed" }
        try await world.end()
    }

    @Test func aProgramThatFailsIsSaidSo() async throws {
        let world = try await World(program: "echo no room >&2; exit 3")
        try "x".write(toFile: world.folder.path + "/files/fw", atomically: true, encoding: .utf8)
        _ = try await world.backend.call(
            "UpdateFirmware", "{\"location\": \"\(world.url)/plain/fw\", \"retrieveDate\": \"\(Self.past)\"}")
        let statuses = try await world.statuses("FirmwareStatusNotification", until: "InstallationFailed")
        #expect(statuses == ["Downloading", "Downloaded", "Installing", "InstallationFailed"])
        try await world.site.log("ended with 3: no room")
        try await world.end()
    }

    @Test func onlyWhatTheManufacturerHasSignedIsInstalled() async throws {
        let keys = try Folder()
        let make = try Peer(
            "/bin/bash",
            [
                "-ec",
                """
                cd "$0"
                root() { openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout $1.key \
                    -out $1.pem -days 30 -subj /CN=$1 -addext basicConstraints=critical,CA:TRUE; }
                issue() { openssl req -newkey rsa:2048 -nodes -keyout $1.key -out $1.csr -subj /CN=$1
                    openssl x509 -req -in $1.csr -CA $2.pem -CAkey $2.key -CAcreateserial -out $1.pem -days 30
                    openssl dgst -sha256 -sign $1.key -out $1.sig fw; }
                printf 'signed firmware' > fw
                root maker; root other; issue right maker; issue wrong other
                """, keys.path,
            ])
        make.closeInput()
        #expect(try await make.end() == 0)
        let world = try await World(root: keys.path + "/maker.pem")
        try FileManager.default.copyItem(atPath: keys.path + "/fw", toPath: world.folder.path + "/files/fw")
        try "another one".write(toFile: world.folder.path + "/files/other", atomically: true, encoding: .utf8)
        func update(_ number: Int, _ name: String, by signer: String) async throws -> String? {
            let certificate = try String(contentsOfFile: "\(keys.path)/\(signer).pem", encoding: .utf8)
            let signature = try Data(contentsOf: URL(filePath: "\(keys.path)/\(signer).sig")).base64EncodedString()
            let request: [String: Any] = [
                "requestId": number,
                "firmware": [
                    "location": "\(world.url)/plain/\(name)", "retrieveDateTime": Self.past,
                    "signingCertificate": certificate, "signature": signature,
                ],
            ]
            let text = String(decoding: try JSONSerialization.data(withJSONObject: request), as: UTF8.self)
            return try await world.backend.call("SignedUpdateFirmware", text)["status"] as? String
        }
        func statuses(_ number: Int, until last: String) async throws -> [String] {
            func mine(_ payload: [String: Any]) -> Bool { payload["requestId"] as? Int == number }
            try await world.backend.wait("SignedFirmwareStatusNotification") {
                mine($0) && $0["status"] as? String == last
            }
            return world.backend.received("SignedFirmwareStatusNotification").filter(mine)
                .compactMap { $0["status"] as? String }
        }
        #expect(try await update(1, "fw", by: "wrong") == "InvalidCertificate")
        try await world.backend.wait("SecurityEventNotification") {
            $0["type"] as? String == "InvalidFirmwareSigningCertificate"
        }
        #expect(try await update(2, "other", by: "right") == "Accepted")
        #expect(try await statuses(2, until: "InvalidSignature") == ["Downloading", "Downloaded", "InvalidSignature"])
        #expect(!FileManager.default.fileExists(atPath: world.folder.path + "/installed"))
        #expect(try await update(3, "fw", by: "right") == "Accepted")
        #expect(
            try await statuses(3, until: "Installed") == [
                "Downloading", "Downloaded", "SignatureVerified", "Installing", "Installed",
            ])
        #expect(try String(contentsOfFile: world.folder.path + "/installed", encoding: .utf8) == "signed firmware")
        // With a root, a firmware without a signature is none.
        _ = try await world.backend.call(
            "UpdateFirmware", "{\"location\": \"\(world.url)/plain/fw\", \"retrieveDate\": \"\(Self.past)\"}")
        try await world.backend.wait("FirmwareStatusNotification") { $0["status"] as? String == "DownloadFailed" }
        try await world.end()
    }
}
