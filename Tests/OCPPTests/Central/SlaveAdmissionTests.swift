import Testing

@testable import OCPP

@Suite struct SlaveAdmissionTests {
    private func id(_ text: String) throws -> ChargePointID { try #require(ChargePointID(text)) }

    private func verdict(
        _ text: String, known: Bool = true, pairing: Bool = false, others: [String] = []
    ) throws -> SlaveAdmission {
        SlaveAdmission(
            try id(text), isKnown: known, isPairingOpen: pairing, others: try others.map { try id($0) })
    }

    @Test func onlyKnownIdsAreTakenUnlessPairingIsOpen() throws {
        #expect(try verdict("BOX7") == .admitted(isNew: false))
        guard case .refused(let reason) = try verdict("BOX7", known: false) else {
            Issue.record("a stranger was let in")
            return
        }
        #expect(reason.contains("ocpp://BOX7"))
        #expect(try verdict("BOX7", known: false, pairing: true) == .admitted(isNew: true))
    }

    @Test(arguments: ["GARAGE#0", "GARAGE#001", "GARAGE#", "GARAGE#x", "GARAGE#-2"])
    func aSuffixThatStandsForNoConnectorOfASlaveIsRefused(_ text: String) throws {
        guard case .refused = try verdict(text, pairing: true) else {
            Issue.record("\(text) was let in")
            return
        }
    }

    @Test func twoSlavesCannotStandForOneConnector() throws {
        #expect(try verdict("GARAGE#5", others: ["GARAGE#002", "BOX7", "GARAGE#5"]) == .admitted(isNew: false))
        guard case .refused(let reason) = try verdict("GARAGE#5", others: ["YARD#005"]) else {
            Issue.record("connector 5 was given twice")
            return
        }
        #expect(reason.contains("connector 5"))
    }

    @Test func anAddressNamesASlaveAndItsConnector() throws {
        let garage = try #require(SlaveConnector(address: "ocpp://GARAGE%23002"))
        #expect(garage.slave.description == "GARAGE#002")
        #expect(garage.connector == 1)
        #expect(garage.address == "ocpp://GARAGE%23002")
        let box = try #require(SlaveConnector(address: "ocpp://BOX7/2"))
        #expect(box.connector == 2)
        #expect(box.address == "ocpp://BOX7/2")
        for wrong in ["ocpp://", "ocpp://BOX7/0", "ocpp://BOX7/x", "ocpp://BOX7/1/2", "tcp://BOX7", "ocpp://B%2", ""] {
            #expect(SlaveConnector(address: wrong) == nil)
        }
    }

    @Test func aRefusalIsNewOnceUntilItsReasonChanges() {
        var notes = RefusalNotes(limit: 2)
        var told: [Bool] = []
        for (name, reason) in [("A", "wrong key"), ("A", "wrong key"), ("A", "unknown"), ("B", "unknown")] {
            told.append(notes.isNew(name, reason))
        }
        notes.forget("A")
        told.append(notes.isNew("A", "unknown"))
        #expect(told == [true, false, true, true, true])
    }
}
