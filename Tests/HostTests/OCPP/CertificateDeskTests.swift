import Foundation
import Network
import OCPP
import Testing

@testable import Host

/// Certificates that a backend installs and signs, with openssl as the authority.
@Suite struct CertificateDeskTests {
    /// A folder with the authority, and the desk of a host.
    private struct World {
        let path: String
        let desk: CertificateDesk
        static var now: Int { Int(Date().timeIntervalSince1970) }

        init() throws {
            path = NSTemporaryDirectory() + "certificates-\(UUID().uuidString)"
            try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
            desk = CertificateDesk(folder: CertificateFolder(data: path), name: "NORD#1")
            try run(
                """
                for name in authority other; do
                    openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout $name.key -out $name.pem \
                        -days 30 -subj "/O=Test/CN=$name" -addext basicConstraints=critical,CA:TRUE
                done
                """)
        }

        /// Runs a script in the folder; its output.
        @discardableResult
        func run(_ script: String) throws -> String {
            let process = Process()
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            process.arguments = ["-c", "set -e; cd \"$1\"; exec 2>errors; \(script)", "sh", path]
            let output = Pipe()
            process.standardOutput = output
            defer { try? output.fileHandleForReading.close() }
            try process.run()
            let bytes = output.fileHandleForReading.readDataToEndOfFile()
            process.waitUntilExit()
            let errors = (try? text("errors")) ?? ""
            try #require(process.terminationStatus == 0, "\(errors)")
            return String(decoding: bytes, as: UTF8.self)
        }

        func text(_ file: String) throws -> String { try String(contentsOfFile: path + "/" + file, encoding: .utf8) }

        func ask<Asked: Request>(_ request: Asked, most: Int = 20, at now: Int = now) throws -> (
            Asked.Response, CertificateDesk.Verdict
        ) {
            let verdict = try #require(desk.take(request, at: now, most: most))
            return (try #require(verdict.response as? Asked.Response), verdict)
        }

        func install(_ file: String, _ use: CertificateUse = .centralSystemRootCertificate, most: Int = 20) throws
            -> InstallCertificateStatus
        {
            let request = InstallCertificateRequest(certificateType: use, certificate: try text(file))
            return try ask(request, most: most).0.status
        }

        func ids(_ use: CertificateUse = .centralSystemRootCertificate) throws -> [CertificateHashData]? {
            try ask(GetInstalledCertificateIdsRequest(certificateType: use)).0.certificateHashData
        }

        /// The certificate that an authority makes of the host's request.
        func sign(_ authority: String = "authority", days: Int = 10, subject: String? = nil) throws -> String {
            let request = try desk.request(operator: "Operator")
            try request.write(toFile: path + "/host.csr", atomically: true, encoding: .utf8)
            try run(
                """
                openssl req -in host.csr -verify -noout
                openssl x509 -req -in host.csr -CA \(authority).pem -CAkey \(authority).key -CAcreateserial \
                    -days \(days) -out host.pem \(subject.map { "-subj '\($0)'" } ?? "")
                """)
            return try text("host.pem")
        }

        func end() { try? FileManager.default.removeItem(atPath: path) }
    }

    @Test func aRootIsInstalledListedByItsHashesAndDeleted() throws {
        let world = try World()
        defer { world.end() }
        #expect(try world.ids() == nil)
        #expect(try world.install("authority.pem") == .accepted)
        // Installed again it is one.
        #expect(try world.install("authority.pem") == .accepted)
        #expect(try world.ids(.manufacturerRootCertificate) == nil)
        let hashes = try #require(try world.ids())
        #expect(hashes.count == 1)
        // What openssl says of it as the issuer of a certificate (RFC 6960, 4.1.1).
        let said = try world.run("openssl ocsp -sha256 -issuer authority.pem -cert authority.pem -req_text 2>&1")
        let lines = said.components(separatedBy: "\n").map { $0.trimmingCharacters(in: .whitespaces) }
        func value(_ name: String) throws -> String {
            let line = try #require(lines.first { $0.hasPrefix(name) })
            return String(line.dropFirst(name.count)).trimmingCharacters(in: .whitespaces).lowercased()
        }
        #expect(hashes[0].hashAlgorithm == .sha256)
        #expect(hashes[0].issuerNameHash == (try value("Issuer Name Hash:")))
        #expect(hashes[0].issuerKeyHash == (try value("Issuer Key Hash:")))
        #expect(hashes[0].serialNumber == (try value("Serial Number:")).drop { $0 == "0" })

        var other = hashes[0]
        other.serialNumber = "1"
        #expect(try world.ask(DeleteCertificateRequest(certificateHashData: other)).0.status == .notFound)
        // Digits may be written large, and with zeros in front.
        var same = hashes[0]
        same.issuerKeyHash = same.issuerKeyHash.uppercased()
        same.serialNumber = "00" + same.serialNumber
        #expect(try world.ask(DeleteCertificateRequest(certificateHashData: same)).0.status == .accepted)
        #expect(try world.ids() == nil)
        #expect(try world.ask(DeleteCertificateRequest(certificateHashData: same)).0.status == .notFound)
    }

    @Test func whatIsNoRootIsNotInstalled() throws {
        let world = try World()
        defer { world.end() }
        _ = try world.sign()
        try world.run("cat authority.pem other.pem > both.pem; echo nothing > none.pem")
        for file in ["host.pem", "both.pem", "none.pem", "authority.key"] {
            #expect(try world.install(file) == .rejected, "\(file)")
        }
        let early = InstallCertificateRequest(
            certificateType: .centralSystemRootCertificate, certificate: try world.text("authority.pem"))
        let (answer, verdict) = try world.ask(early, at: World.now + 40 * 86_400)
        #expect(answer.status == .rejected && verdict.event?.type == "InvalidCentralSystemCertificate")
        #expect(try world.install("authority.pem", most: 1) == .accepted)
        #expect(try world.install("other.pem", .manufacturerRootCertificate, most: 1) == .rejected)
        #expect(try world.install("authority.pem", most: 1) == .accepted)
    }

    @Test func theHostsRequestBecomesItsIdentity() throws {
        let world = try World()
        defer { world.end() }
        #expect(world.desk.folder.identity == nil)
        let certificate = try world.sign()
        let subject = try world.run("openssl req -in host.csr -noout -subject -nameopt RFC2253")
        #expect(subject.contains("CN=NORD#1") || subject.contains("CN=NORD\\#1"), "\(subject)")
        #expect(subject.contains("O=Operator"))
        let chain = certificate + (try world.text("authority.pem"))
        let (answer, verdict) = try world.ask(CertificateSignedRequest(certificateChain: chain))
        #expect(answer.status == .accepted && verdict.isCertified && verdict.event == nil)
        let identity = try #require(world.desk.folder.identity)
        #expect(throws: Never.self) { try TLSClient(TLSClientOptions(identity: identity)) }
        #expect(Certificate.all(in: identity.certificates).map(\.commonName) == ["NORD#1", "authority"])
        // Only its owner may read the key.
        let file = world.desk.folder.path + "/identity.pem"
        let mode = try FileManager.default.attributesOfItem(atPath: file)[.posixPermissions] as? Int
        #expect(mode.map { $0 & 0o077 } == 0)
        // The key is used up: the same certificate once more belongs to nothing that was asked for.
        #expect(try world.ask(CertificateSignedRequest(certificateChain: chain)).0.status == .rejected)
        #expect(world.desk.folder.identity == identity)
    }

    @Test func aCertificateThatDoesNotFitIsRefusedAndTold() throws {
        let world = try World()
        defer { world.end() }
        func signed(_ chain: String, at now: Int = World.now) throws -> String? {
            let (answer, verdict) = try world.ask(CertificateSignedRequest(certificateChain: chain), at: now)
            #expect(answer.status == .rejected && !verdict.isCertified)
            #expect(verdict.event?.type == "InvalidChargePointCertificate")
            return verdict.reason
        }
        let former = try world.sign()
        let foreign = try world.sign(subject: "/CN=SUED-1")
        #expect(try signed(foreign)?.contains("SUED-1") == true)
        #expect(try signed(former)?.contains("another key") == true)
        let own = try world.sign()
        #expect(try signed(own, at: World.now + 11 * 86_400)?.contains("not valid") == true)
        #expect(try signed(own + (try world.text("other.pem")))?.contains("chain is broken") == true)
        #expect(try signed("nothing")?.contains("no certificate") == true)
        #expect(world.desk.folder.identity == nil)
    }
}
