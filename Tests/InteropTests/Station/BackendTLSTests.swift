import Foundation
import Testing

/// Security profiles 2 and 3 against a central system that we did not write.
@Suite struct BackendTLSTests {
    /// An authority, the backend's certificate, this site's, and an authority nobody uses.
    static func certificates() async throws -> Folder {
        let folder = try Folder()
        let script = """
            set -e
            cd "$1"
            authority() {
                openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" -out "$1.pem" \
                    -days 3650 -subj "/CN=$1" -addext basicConstraints=critical,CA:TRUE
            }
            issue() {
                openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" -out "$1.csr" -subj "/CN=$1"
                printf 'basicConstraints=CA:FALSE\\n%s\\n' "$2" > "$1.ext"
                openssl x509 -req -in "$1.csr" -CA authority.pem -CAkey authority.key -CAcreateserial -days 3650 \
                    -out "$1.pem" -extfile "$1.ext"
            }
            authority authority
            authority stranger
            issue backend subjectAltName=IP:127.0.0.1
            issue NORD-1 ''
            """
        let peer = try Peer("/bin/sh", ["-c", script, "sh", folder.path])
        peer.closeInput()
        guard try await peer.end() == 0 else { throw Peer.Failure(description: peer.errorText) }
        return folder
    }

    static func site(_ port: Int, _ more: String) async throws -> RunningSite {
        try await RunningSite(
            """
            schema: site/1
            name: Secure
            supply: {limit: 63 A}
            devices: [{id: left, profile: cfos.power-brain, address: "127.0.0.1:1"}]
            ocpp: {backend: {url: "wss://127.0.0.1:\(port)/ocpp", id: NORD-1, \(more)}}
            """)
    }

    static func setKey(_ site: RunningSite, _ key: String) async throws {
        try await site.log("data in")
        let peer = try Programs.chargehost(
            ["ocpp", "secret", "set", "backend", "--from", "-", "--data", site.folder.path + "/data"])
        peer.send(key)
        peer.closeInput()
        #expect(try await peer.end() == 0)
    }

    @Test(.timeLimit(.minutes(3))) func theSecondProfileChecksTheBackendAndShowsThePassword() async throws {
        let folder = try await Self.certificates()
        let key = "000102030405060708090a0b0c0d0e0f"
        let central = try await CentralSystem([
            "--user", "NORD-1", "--password", key, "--cert", folder.path + "/backend.pem", "--key",
            folder.path + "/backend.key",
        ])
        let right = try await Self.site(central.port, "security_profile: 2, ca: \"\(folder.path)/authority.pem\"")
        try await Self.setKey(right, key)
        try await central.wait("BootNotification")
        try await right.host.stop()
        let wrong = try await Self.site(central.port, "security_profile: 2, ca: \"\(folder.path)/stranger.pem\"")
        try await Self.setKey(wrong, key)
        try await wrong.log("comes from an authority that is not trusted here")
        #expect(central.received("BootNotification").count == 1)
        try await wrong.host.stop()
    }

    @Test(.timeLimit(.minutes(3))) func theThirdProfileShowsACertificateInPlaceOfAPassword() async throws {
        let folder = try await Self.certificates()
        let central = try await CentralSystem([
            "--cert", folder.path + "/backend.pem", "--key", folder.path + "/backend.key", "--ca",
            folder.path + "/authority.pem",
        ])
        let site = try await Self.site(
            central.port,
            """
            security_profile: 3, ca: "\(folder.path)/authority.pem", certificate: "\(folder.path)/NORD-1.pem", \
            key: "\(folder.path)/NORD-1.key"
            """)
        try await central.wait("BootNotification")
        try await site.host.stop()
        let bare = try await Self.site(central.port, "security_profile: 3, ca: \"\(folder.path)/authority.pem\"")
        try await bare.log("needs certificate and key of this host")
        try await bare.host.stop()
    }

    @Test(.timeLimit(.minutes(4))) func aWrongCertificateIsToldAsASecurityEventOnceTheRightOneIsThere() async throws {
        let folder = try await Self.certificates()
        let trusted = folder.path + "/trusted.pem"
        try FileManager.default.copyItem(atPath: folder.path + "/stranger.pem", toPath: trusted)
        let key = "000102030405060708090a0b0c0d0e0f"
        let central = try await CentralSystem([
            "--user", "NORD-1", "--password", key, "--cert", folder.path + "/backend.pem", "--key",
            folder.path + "/backend.key",
        ])
        let site = try await Self.site(central.port, "security_profile: 2, ca: \"\(trusted)\"")
        try await Self.setKey(site, key)
        try await site.log("comes from an authority that is not trusted here")
        #expect(central.received.isEmpty)
        // The file is read before every connection; the next one is tried within half a minute.
        try FileManager.default.removeItem(atPath: trusted)
        try FileManager.default.copyItem(atPath: folder.path + "/authority.pem", toPath: trusted)
        try await central.wait("BootNotification")
        let event = try await central.wait("SecurityEventNotification") {
            $0["type"] as? String == "InvalidCentralSystemCertificate"
        }
        #expect((event["techInfo"] as? String)?.contains("not trusted") == true)
        try await site.host.stop()
    }
}
