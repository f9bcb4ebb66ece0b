import DriverAPI
import Foundation
import Licensing
import Testing

@testable import Host

@Suite struct BoxMakesTests {
    private static let brain = Data("id: cfos.power-brain\n".utf8)

    private static func own() throws -> FirstPartyList {
        let key = try LicenceWorld().key
        let text = FirstPartyList.text([("cfos.power-brain", Array(brain))], signedBy: key)
        return FirstPartyList(Array(text.utf8), keys: VendorKeys([key.publicKey])) ?? .empty
    }

    private func state(
        profile: String = "cfos.power-brain", link: LinkState = .online, serial: String = "PB123456"
    ) -> DeviceState {
        var state = DeviceState(
            entry: site(32, ["a"]).devices[0], title: "", deviceClass: .wallbox, profile: profile)
        state.link = link
        state.description = DeviceDescription(deviceClass: .wallbox, identity: ["serial": serial])
        return state
    }

    private func make(
        _ makes: inout BoxMakes, _ state: DeviceState, _ file: Data? = brain, host: HostStanding? = nil
    ) -> BoxMake? {
        makes.boxes([state], hosts: host.map { ["a": $0] } ?? [:]) { _ in file }.first?.make
    }

    @Test func aPowerBrainIsOneByItsProfileAndItsOwnWord() throws {
        var makes = BoxMakes(own: try Self.own())
        #expect(make(&makes, state(link: .connecting)) == .unproven)
        #expect(make(&makes, state()) == .powerBrain)
    }

    @Test func oneThatFallsSilentOrWhoseHostIsRestartedStaysOne() throws {
        var makes = BoxMakes(own: try Self.own())
        _ = make(&makes, state())
        let silent = state(link: .silent(since: .zero, reason: "no answer"))
        #expect(make(&makes, silent) == .powerBrain)
        var later = BoxMakes(own: try Self.own(), proven: makes.proven)
        #expect(make(&later, state(link: .connecting)) == .powerBrain)
        // Somewhere else it has to prove it anew.
        var moved = state(link: .connecting)
        moved.entry.address = "10.9.9.9:4701"
        #expect(make(&later, moved) == .unproven)
    }

    @Test func everythingElseIsOfAThirdParty() throws {
        var makes = BoxMakes(own: try Self.own())
        #expect(make(&makes, state(profile: "keba.p30")) == .thirdParty(.otherMake))
        #expect(make(&makes, state(), Self.brain + Data([0x20])) == .thirdParty(.profileChanged))
        #expect(make(&makes, state(), nil) == .thirdParty(.profileChanged))
        #expect(make(&makes, state(link: .mismatch("other"))) == .thirdParty(.otherIdentity))
        #expect(make(&makes, state(serial: "CH7F3A2B11")) == .thirdParty(.unprovenHost(nil)))
        var ocpp = state()
        ocpp.entry.address = "ocpp://BOX7/1"
        #expect(make(&makes, ocpp) == .thirdParty(.ocpp))
        // After another box answered, silence proves nothing any more.
        #expect(make(&makes, state(link: .connecting)) == .unproven)
    }

    @Test(arguments: ["ocpp://GARAGE%23002", "192.168.2.5:4701"])
    func aChargehostIsAPowerBrainByItsProofAndOnlyWhileThatStands(_ address: String) throws {
        let key = try LicenceWorld().key.publicKey
        var makes = BoxMakes(own: try Self.own())
        var box = state(serial: "CH7F3A2B11")
        box.entry.address = address
        let isOCPP = address.hasPrefix("ocpp")
        #expect(make(&makes, box) == .thirdParty(isOCPP ? .ocpp : .unprovenHost(nil)))
        #expect(make(&makes, box, host: .refused(.noCertificate)) == .thirdParty(.unprovenHost(.noCertificate)))
        #expect(make(&makes, box, host: .proven(key)) == .powerBrain)
        // Silent, and after a restart of the host above it.
        box.link = .silent(since: .zero, reason: "no answer")
        #expect(make(&makes, box) == .powerBrain)
        var later = BoxMakes(own: try Self.own(), proven: makes.proven)
        box.link = .online
        #expect(make(&later, box) == .powerBrain)
        // Whoever comes next under its name has to prove it anew.
        #expect(make(&later, box, host: .refused(.otherAnswer)) == .thirdParty(.unprovenHost(.otherAnswer)))
        #expect(make(&later, box) == .thirdParty(isOCPP ? .ocpp : .unprovenHost(nil)))
        _ = make(&later, box, host: .proven(key))
        #expect(make(&later, box, host: .stranger) == .thirdParty(isOCPP ? .ocpp : .unprovenHost(nil)))
        // Its place elsewhere is another one.
        _ = make(&makes, box, host: .proven(key))
        box.entry.address += "9"
        #expect(make(&makes, box) != .powerBrain)
    }

    @Test func aPowerBrainsOwnWordIsNoProofOfAHostInItsPlace() throws {
        var makes = BoxMakes(own: try Self.own())
        #expect(make(&makes, state()) == .powerBrain)
        #expect(make(&makes, state(serial: "CH7F3A2B11")) == .thirdParty(.unprovenHost(nil)))
    }

    @Test func theLibrarysListIsTheVendorsAndIsCurrent() throws {
        let folder = URL(fileURLWithPath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent().appendingPathComponent("Profiles").path
        let list = LicenceRules.builtIn(ProfileLibrary(library: folder)).ownProfiles
        for file in ["wallbox/cfos.power-brain", "meter/cfos.s0-meter"] {
            let bytes = try #require(FileManager.default.contents(atPath: "\(folder)/\(file).yaml"))
            let id = URL(fileURLWithPath: file).lastPathComponent
            #expect(
                list.contains(id, Array(bytes)),
                "\(file).yaml was changed; chargehost licence issue --profiles signs it")
        }
    }
}
