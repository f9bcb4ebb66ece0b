import Foundation
import Testing

/// How boxes that we did not write prove to a whole host who they are.
@Suite struct GuardedSlavesTests {
    private static let key = "secret of box seven"

    private static func site(_ slaves: String) async throws -> RunningSite {
        try await RunningSite(
            """
            schema: site/1
            name: Guarded
            supply: {limit: 63 A}
            devices: [{id: yard, address: "ocpp://BOX7", options: {rated_current: 16 A}}]
            ocpp: {slaves: {json: "127.0.0.1:0", \(slaves)}}
            """)
    }

    private static func setKey(_ key: String, of slave: String, at site: RunningSite) async throws {
        let peer = try Programs.chargehost(
            ["ocpp", "secret", "set", "slave", slave, "--from", "-", "--data", site.folder.path + "/data"])
        peer.send(key)
        peer.closeInput()
        #expect(try await peer.end() == 0, "\(peer.errorText)")
    }

    @Test(.timeLimit(.minutes(4))) func overTLSWithItsPasswordAndNotWithout() async throws {
        let folder = try await BackendTLSTests.certificates()
        let site = try await Self.site(
            """
            security_profile: 2, certificate: "\(folder.path)/backend.pem", key: "\(folder.path)/backend.key"
            """)
        let port = try await site.port("slaves connect at")
        func box(_ key: String, authority: String = "authority.pem", scheme: String = "wss") throws -> Peer {
            try Programs.python(
                "ocpp_charge_point.py",
                ["\(scheme)://127.0.0.1:\(port)", "BOX7", key, folder.path + "/" + authority])
        }
        let early = try box(Self.key)
        try await early.line { $0.contains("401") }
        try await early.stop(SIGKILL)
        try await Self.setKey(Self.key, of: "BOX7", at: site)
        let wrong = try box("secret of box eight")
        try await wrong.line { $0.contains("401") }
        let wary = try box(Self.key, authority: "stranger.pem")
        try await wary.line { $0.contains("CERTIFICATE_VERIFY_FAILED") }
        let right = try box(Self.key)
        try await right.line { $0.hasPrefix("{\"booted\": \"Accepted\"") }
        for peer in [wrong, wary, right] { try await peer.stop(SIGKILL) }
        #expect(try await site.host.stop() == 0)
    }

    @Test(.timeLimit(.minutes(4))) func aKeyThatIsChangedEndsTheConnectionThatShowedTheOldOne() async throws {
        let site = try await Self.site("security_profile: 1")
        let port = try await site.port("slaves connect at")
        try await Self.setKey(Self.key, of: "BOX7", at: site)
        let box = try Programs.python("ocpp_charge_point.py", ["ws://127.0.0.1:\(port)", "BOX7", Self.key])
        try await box.line { $0.hasPrefix("{\"booted\": \"Accepted\"") }
        try await Self.setKey("another secret of seven", of: "BOX7", at: site)
        // This box cannot be told a key: it is sent away, and comes with the old one in vain.
        try await site.log("it does not take its new key from here")
        try await box.line { $0.contains("401") }
        let start = box.lines.count
        box.send(#"{"state": 1}"#)
        let line = try await box.line(from: start) { $0.hasPrefix("{\"state\"") }
        #expect(line.contains("AuthorizationKey"))
        let again = try Programs.python(
            "ocpp_charge_point.py", ["ws://127.0.0.1:\(port)", "BOX7", "another secret of seven"])
        try await again.line { $0.hasPrefix("{\"booted\": \"Accepted\"") }
        for peer in [box, again] { try await peer.stop(SIGKILL) }
        #expect(try await site.host.stop() == 0)
    }

    @Test(.timeLimit(.minutes(4))) func whilePairingIsOpenAStrangerIsNotedAndChargesNothing() async throws {
        let open = try await Self.site("security_profile: 0, pairing: open")
        let box = try Programs.python(
            "ocpp_charge_point.py", ["ws://127.0.0.1:\(try await open.port("slaves connect at"))", "BOX9"])
        try await box.line { $0.hasPrefix("{\"booted\": \"Pending\"") }
        try await box.stop(SIGKILL)
        #expect(try await open.host.stop() == 0)
        let closed = try await Self.site("security_profile: 0")
        let stranger = try Programs.python(
            "ocpp_charge_point.py", ["ws://127.0.0.1:\(try await closed.port("slaves connect at"))", "BOX9"])
        try await stranger.line { $0.contains("404") }
        try await stranger.stop(SIGKILL)
        #expect(try await closed.host.stop() == 0)
    }
}
