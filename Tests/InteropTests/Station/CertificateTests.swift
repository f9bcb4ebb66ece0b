import Foundation
import Testing

/// Certificates that a backend that we did not write installs and signs, with openssl as the authority.
@Suite struct CertificateTests {
    private static func call(_ central: CentralSystem, _ action: String, _ payload: [String: Any]) async throws
        -> String
    {
        let text = String(decoding: try JSONSerialization.data(withJSONObject: payload), as: UTF8.self)
        return try #require(try await central.call(action, text)["status"] as? String)
    }

    @Test(.timeLimit(.minutes(5))) func theBackendSignsTheHostsCertificateAndRaisesItToTheThirdProfile() async throws {
        let folder = try await BackendTLSTests.certificates()
        func text(_ name: String) throws -> String {
            try String(contentsOfFile: folder.path + "/" + name, encoding: .utf8)
        }
        let key = "000102030405060708090a0b0c0d0e0f"
        let central = try await CentralSystem([
            "--user", "NORD-1", "--password", key, "--cert", folder.path + "/backend.pem", "--key",
            folder.path + "/backend.key", "--ca", folder.path + "/authority.pem", "--optional",
        ])
        let site = try await BackendTLSTests.site(
            central.port, "security_profile: 2, ca: \"\(folder.path)/authority.pem\"")
        try await BackendTLSTests.setKey(site, key)
        try await central.wait("BootNotification")
        // Without a certificate there is no third profile.
        let raise = ["key": "SecurityProfile", "value": "3"]
        #expect(try await Self.call(central, "ChangeConfiguration", raise) == "Rejected")

        let trigger = ["requestedMessage": "SignChargePointCertificate"]
        #expect(try await Self.call(central, "ExtendedTriggerMessage", trigger) == "Accepted")
        let request = try #require(try await central.wait("SignCertificate")["csr"] as? String)
        try request.write(toFile: folder.path + "/host.csr", atomically: true, encoding: .utf8)
        let script = """
            cd "$1" && openssl x509 -req -in host.csr -CA authority.pem -CAkey authority.key -CAcreateserial -days 30 \
                -out host.pem
            """
        let authority = try Peer("/bin/sh", ["-c", script, "sh", folder.path])
        authority.closeInput()
        #expect(try await authority.end() == 0)
        let stranger = ["certificateChain": try text("NORD-1.pem")]
        #expect(try await Self.call(central, "CertificateSigned", stranger) == "Rejected")
        try await central.wait("SecurityEventNotification") {
            $0["type"] as? String == "InvalidChargePointCertificate"
        }
        #expect(
            try await Self.call(central, "CertificateSigned", ["certificateChain": try text("host.pem")]) == "Accepted")

        // Now it can be raised, without a restart: the next connection shows the certificate.
        #expect(try await Self.call(central, "ChangeConfiguration", raise) == "Accepted")
        try await central.peer.line { $0.contains("\"ev\": \"open\"") && $0.contains("\"cn\": \"NORD-1\"") }

        // Roots are installed, listed and deleted over the new connection.
        let root: [String: Any] = [
            "certificateType": "CentralSystemRootCertificate", "certificate": try text("stranger.pem"),
        ]
        try await central.wait("SecurityEventNotification") {
            $0["techInfo"] as? String == "SecurityProfile"
        }
        #expect(try await Self.call(central, "InstallCertificate", root) == "Accepted")
        let listed = try await central.call(
            "GetInstalledCertificateIds", "{\"certificateType\": \"CentralSystemRootCertificate\"}")
        let hashes = try #require(listed["certificate_hash_data"] as? [[String: Any]])
        #expect(hashes.count == 1)
        let camel = Dictionary(
            uniqueKeysWithValues: hashes[0].map { name, value in
                let words = name.split(separator: "_")
                return (words.dropFirst().reduce(String(words[0])) { $0 + $1.capitalized }, value)
            })
        #expect(try await Self.call(central, "DeleteCertificate", ["certificateHashData": camel]) == "Accepted")
        #expect(try await Self.call(central, "DeleteCertificate", ["certificateHashData": camel]) == "NotFound")
        // After a restart the certificate is still its own.
        try await site.kill()
        try site.start()
        for _ in 0..<3000
        where central.peer.lines.filter({ $0.contains("\"cn\": \"NORD-1\"") }).count < 2 {
            try await Task.sleep(for: .milliseconds(20))
        }
        #expect(central.peer.lines.filter { $0.contains("\"cn\": \"NORD-1\"") }.count == 2)
        #expect(try await site.host.stop() == 0)
    }
}
