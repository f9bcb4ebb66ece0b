import DriverAPI
import Foundation
import ProfileTrust
import Testing

@testable import Host

/// An installer's word over the interface.
@Suite struct ConfirmRouteTests {
    private func post(
        _ world: HostWorld, _ body: String, device: String = "a", access: Route.Access = .write
    ) async -> (status: Int, text: String) {
        let answer = await world.host.answer(
            ControlRequest(
                method: "POST", path: "/api/v1/devices/\(device)/confirm-profile", body: Array(body.utf8)),
            access: access)
        return (answer.status, String(decoding: answer.body, as: UTF8.self))
    }

    @Test func aDraftIsStartedOnceItIsConfirmedAndNotAfterThatIsTakenBack() async throws {
        let trust = try TrustWorld()
        let world = try await HostWorld(trust.boxes(["a"]), trusting: trust.rules)
        try await world.run(seconds: 5)
        let waiting = try #require(await world.host.status()?.trust?.devices.first)
        #expect(waiting.id == "a" && waiting.standing == "draft" && waiting.waits_for_confirmation)
        #expect(waiting.hash == String(trust.hash().prefix(12)))
        #expect(waiting.reason.contains("chargehost profile confirm a --statement"))
        let answer = await post(
            world, #"{"statement": "6 A, 16 A and off seen", "by": "Ada", "hash": "\#(trust.hash())"}"#)
        #expect(answer.status == 200, "\(answer.text)")
        let document = try JSONDecoder().decode(TrustDocument.self, from: Data(answer.text.utf8))
        #expect(document.devices.first?.may_raise == true)
        #expect(document.devices.first?.confirmed_by == "Ada")
        #expect(document.devices.first?.statement == "6 A, 16 A and off seen")
        try await world.run(atMost: 60) { try world.box(1).box.register == 16_000 }
        #expect(await world.host.status()?.trust == TrustStatus(devices: [], warnings: []))
        #expect(await post(world, #"{"withdraw": true}"#).status == 200)
        #expect(await world.host.status()?.trust?.devices.map(\.id) == ["a"])
        #expect(await post(world, #"{"withdraw": true}"#).status == 404)
        await world.end()
    }

    @Test func whatIsNoWordOfAnInstallerIsRefused() async throws {
        let trust = try TrustWorld()
        let world = try await HostWorld(trust.boxes(["a"]), trusting: trust.rules)
        try await world.run(seconds: 3)
        let good = #"{"statement": "6 A, 16 A and off seen", "by": "Ada"}"#
        #expect(await post(world, "[]").status == 400)
        #expect(await post(world, #"{"statement": "seen", "by": "Ada"}"#).status == 422)
        #expect(await post(world, #"{"statement": "6 A, 16 A and off seen"}"#).status == 422)
        #expect(await post(world, good, device: "b").status == 404)
        // Somebody has changed the file since the installer looked.
        let other = await post(
            world,
            #"{"statement": "6 A, 16 A and off seen", "by": "Ada", "hash": "\#(String(repeating: "0", count: 64))"}"#)
        #expect(other.status == 409)
        #expect(other.text.contains("runs another file"))
        // Over HTTP everything is for reading only.
        #expect(await post(world, good, access: .read).status == 403)
        #expect(await world.host.status()?.trust?.devices.map(\.id) == ["a"])
        #expect(try TrustFolder(data: world.folder).confirmations() == [])

        try trust.publish(withdrawn: "it melts")
        trust.pass(days: 1)
        try await world.run(seconds: 3)
        let withdrawn = await post(world, good)
        #expect(withdrawn.status == 409)
        #expect(withdrawn.text.contains("it melts"))
        #expect(await world.host.status()?.trust?.devices.first?.waits_for_confirmation == false)
        await world.end()
    }
}
