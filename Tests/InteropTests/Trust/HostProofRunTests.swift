import Foundation
import Host
import Licensing
import Testing
import VendorKit

/// A chargehost below a chargehost, in processes of their own: it is a Power Brain only by the vendor's word and its own.
@Suite struct HostProofRunTests {
    private static func master(_ listener: String) async throws -> VendorSite {
        try await VendorSite(
            """
            schema: site/1
            name: Above
            supply: {limit: 63 A}
            devices: [{id: yard, address: "ocpp://GARAGE%23002", options: {rated_current: 16 A}}]
            ocpp: {slaves: {\(listener): "127.0.0.1:0", security_profile: 0}}
            """)
    }

    private static func put(_ certificate: HostCertificate, into slave: SlaveHost) throws {
        let path = slave.site.data + "/" + HostWitness.file
        try certificate.text.write(toFile: path, atomically: true, encoding: .utf8)
    }

    @Test(.timeLimit(.minutes(6)), arguments: [("ws", "json"), ("tcp", "binary")])
    func aSlaveIsAPowerBrainOnceTheVendorHasCertifiedItsHost(_ scheme: String, _ listener: String) async throws {
        let boxes = try await PowerBrains(1)
        let master = try await Self.master(listener)
        let slave = try await SlaveHost(
            "\(scheme)://127.0.0.1:\(try await master.port("slaves connect at"))", id: "GARAGE#002",
            box: boxes.ports[0])
        let before = try await master.admission(of: "yard", "it has no certificate of the vendor")
        #expect(before.reason.contains("has not proven to be a Power Brain"))
        #expect(try await master.document().taken == 1)

        // Its host has got an identity at its first start; the vendor certifies it, and it connects again.
        #expect(try await slave.site.host.stop() == 0)
        let identity = try #require(try HostIdentity.stored(in: slave.site.data)).publicKey
        try Self.put(HostCertificate(of: identity, signedBy: master.vendor.key), into: slave)
        try slave.site.start()
        let proven = try await master.admission(of: "yard", "a Power Brain; it needs no licence")
        #expect(proven.may_raise)
        #expect(try await master.document().taken == 0)

        // Certificates of nobody and of another host.
        let thief = try TestVendor.key(8)
        #expect(try await slave.site.host.stop() == 0)
        try Self.put(HostCertificate(of: identity, signedBy: thief), into: slave)
        try slave.site.start()
        _ = try await master.admission(of: "yard", "the vendor did not sign its certificate")
        #expect(try await slave.site.host.stop() == 0)
        try Self.put(HostCertificate(of: thief.publicKey, signedBy: master.vendor.key), into: slave)
        try slave.site.start()
        _ = try await master.admission(of: "yard", "it has no certificate of the vendor")
        #expect(try await slave.site.host.stop() == 0)
        try await master.end()
        try await boxes.end()
    }

    @Test(.timeLimit(.minutes(6)), arguments: [false, true])
    func aSlaveThatShowsItsBoxByModbusIsAPowerBrainByItsHostsProof(_ isSerial: Bool) async throws {
        let boxes = try await SimulatedBoxes(1)
        let (cable, folder) = try await Line.pair()
        let place = isSerial ? "line: \"\(folder.path)/ours,9600,8,n,1\"" : "listen: \"127.0.0.1:0\""
        let slave = try await RunningSite(
            """
            schema: site/1
            name: Below
            role: slave
            supply: {limit: 32 A}
            devices: [{id: a, profile: cfos.power-brain, address: "127.0.0.1:\(boxes.ports[0])"}]
            modbus_server: [{\(place), unit: 1, device: a}]
            """)
        var address = "\(folder.path)/theirs,9600,8,n,1"
        if isSerial {
            try await slave.log("a answers masters")
        } else {
            address = "127.0.0.1:\(try await slave.port("a answers"))"
        }
        func master() async throws -> VendorSite {
            try await VendorSite(
                """
                schema: site/1
                name: Above
                supply: {limit: 63 A}
                devices: [{id: yard, profile: cfos.power-brain, address: "\(address)", unit: 1}]
                """)
        }
        let first = try await master()
        let before = try await first.admission(of: "yard", "it has no certificate of the vendor")
        #expect(before.reason.contains("a chargehost shows it"))
        #expect(try await first.document().taken == 1)
        try await first.end()
        let identity = try #require(try HostIdentity.stored(in: slave.data)).publicKey
        let path = slave.data + "/" + HostWitness.file
        try HostCertificate(of: identity, signedBy: try TestVendor.key(8)).text
            .write(toFile: path, atomically: true, encoding: .utf8)
        let second = try await master()
        _ = try await second.admission(of: "yard", "the vendor did not sign its certificate")
        try await second.end()
        try HostCertificate(of: identity, signedBy: first.vendor.key).text
            .write(toFile: path, atomically: true, encoding: .utf8)
        let third = try await master()
        let proven = try await third.admission(of: "yard", "a Power Brain; it needs no licence")
        #expect(proven.may_raise)
        try await third.end()
        #expect(try await slave.host.stop() == 0)
        try await boxes.peer.stop(SIGKILL)
        try await cable.stop(SIGKILL)
    }

    @Test(.timeLimit(.minutes(4))) func anAnswerThatWasGivenBeforeOrElsewhereIsRefused() async throws {
        let master = try await Self.master("json")
        let device = try TestVendor.key(9)
        let certificate = HostCertificate(of: device.publicKey, signedBy: master.vendor.key)
        let impostor = try Programs.python(
            "ocpp_impostor.py", ["ws://127.0.0.1:\(try await master.port("slaves connect at"))", "GARAGE#002"])
        func question(from start: Int) async throws -> [UInt8] {
            let line = try await impostor.line(from: start) { $0.hasPrefix("asked ") }
            return try #require(HostProof.challenge(text: String(line.dropFirst(6))))
        }
        // What the true host would answer on another connection, and then on this one.
        let first = try await question(from: 0)
        let elsewhere = try #require(HostProof(first, on: "ocpp YARD", key: device, certificate: certificate))
        impostor.send(elsewhere.text)
        _ = try await master.admission(of: "yard", "its answer is not that of its host to this question")
        var asked = impostor.lines.count
        impostor.send("nonsense")
        impostor.send("again")
        _ = try await master.admission(of: "yard", "its answer cannot be read")
        _ = try await question(from: asked)
        asked = impostor.lines.count
        let proof = try #require(
            HostProof(first, on: "ocpp GARAGE#002", key: device, certificate: certificate))
        #expect(throws: Never.self) { try proof.check(first, on: "ocpp GARAGE#002", keys: master.vendor.keys) }
        // It was right once; every connection asks something else.
        impostor.send(proof.text)
        impostor.send("again")
        _ = try await master.admission(of: "yard", "its answer is not that of its host to this question")
        #expect(try await question(from: asked) != first)
        #expect(try await master.document().taken == 1)
        try await impostor.stop(SIGKILL)
        try await master.end()
    }
}
