import DriverAPI
import Foundation
import Network
import OCPP
import OCPPSlave
import Testing

/// Charge points that we did not write.
@Suite(.enabled(if: PythonBox.venv != nil), .timeLimit(.minutes(5))) struct PythonPeerTests {
    private func running(
        _ id: String, key: String? = nil, _ use: (CentralSystem, PythonBox) async throws -> Void
    ) async throws {
        let known = KnownSlave(key: key.map { Array($0.utf8) })
        try await CentralSystem.running([id: known]) { system in
            await system.uplink.set(tag: "CARD", .accepted)
            let box = try PythonBox("ws://127.0.0.1:\(system.jsonPort)/ocpp", id, key: key ?? "")
            let result: Result<Void, any Error>
            do { result = .success(try await use(system, box)) } catch { result = .failure(error) }
            try await box.stop()
            try result.get()
        }
    }

    @Test func aChargingSessionOfAnotherLibrary() async throws {
        try await running("GARAGE#002", key: "a key of sixteen") { system, box in
            let device = try await system.device("ocpp://GARAGE%23002")
            try await eventually("it boots") { box.lines.contains(#"{"booted": "Accepted", "interval": 300}"#) }
            try await eventually("it is online") { device.isOnline && device.text("state") == "A" }
            try await eventually("its meter was asked for") { device.number("energy_total") == 4711 }
            let state = try await box.ask(#"{"state": 1}"#, "state")
            #expect(state.contains(#""MeterValueSampleInterval": "9""#))
            // It refuses the state of charge, so that the others are found one by one.
            #expect(
                state.contains(
                    #""MeterValuesSampledData": "Energy.Active.Import.Register,Current.Import,Power.Active.Import,"#
                        + #"Current.Offered,Voltage""#))

            let place = try #require(SlaveConnector(address: "ocpp://GARAGE%23002"))
            #expect(try await system.hub.remoteStart(idTag: "CARD", at: place).status == .accepted)
            try await eventually("it charges") { device.text("state") == "C" }
            let start = try #require(await system.uplink.starts.first)
            #expect(start.request.idTag == "CARD")
            #expect(start.request.meterStart == 1000)

            // It has no composite schedule: its word is all there is.
            let outcome = try await device.device.apply(.charge(.current(10)))
            #expect(outcome.told == 10)
            #expect(!outcome.verified)
            let profiles = try await box.ask(#"{"state": 1}"#, "state")
            #expect(profiles.contains(#""charging_profile_purpose": "TxProfile""#))
            #expect(profiles.contains(#""limit": 10"#))

            let sample =
                #"{"call": "MeterValues", "p": {"connectorId": 1, "transactionId": \#(start.id), "meterValue": "#
                + #"[{"timestamp": "\#(CentralSystem.wallTime)", "sampledValue": [{"value": "9.8", "measurand": "#
                + #""Current.Import", "phase": "L1", "unit": "A"}]}]}}"#
            _ = try await box.ask(sample, "answer")
            try await eventually("its current is read") { device.number("current.l1") == Exact(text: "9.8") }

            #expect(try await system.hub.remoteStop(transaction: start.id).status == .accepted)
            try await eventually("it has stopped") {
                await system.uplink.stops.count == 1 && device.text("state") == "A"
            }
            #expect(await system.uplink.stops.first?.request.reason == .remote)
        }
    }

    @Test func anotherLibraryComesBackAfterABrokenConnection() async throws {
        try await running("BOX7") { system, box in
            let device = try await system.device("ocpp://BOX7")
            try await eventually("it is online") { device.isOnline }
            _ = try await device.device.apply(.charge(.current(8)))
            _ = try await box.ask(#"{"abort": 1}"#, "ok")
            try await eventually("it was silent and is back") {
                device.all.contains { if case .link(.silent) = $0 { true } else { false } } && device.isOnline
            }
            try await eventually("its order is there again") {
                let state = try? await box.ask(#"{"state": 1}"#, "state")
                return (state ?? "").components(separatedBy: #""limit": 8"#).count >= 3
            }
        }
    }

    @Test func refusalsOfAnotherLibraryAreUnderstood() async throws {
        try await running("BOX7") { system, box in
            let device = try await system.device("ocpp://BOX7")
            try await eventually("it is online") { device.isOnline }
            _ = try await box.ask(#"{"reject": ["SetChargingProfile", "Reset"]}"#, "ok")
            await #expect(throws: DriverError.self) { try await device.device.apply(.charge(.current(8))) }
            let id = try #require(ChargePointID("BOX7"))
            #expect(try await system.hub.call(ResetRequest(type: .hard), of: id).status == .rejected)
            let error = await #expect(throws: SlaveCallError.self) {
                try await system.hub.call(ClearCacheRequest(), of: id)
            }
            guard case .refused(let sent) = error else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(sent.code == .notImplemented || sent.code == .notSupported)
            #expect(try await box.ask(#"{"call": "Authorize", "p": {"idTag": "CARD"}}"#, "answer").contains("Accepted"))
            let broken = try await box.ask(
                #"{"call": "StartTransaction", "p": {"connectorId": 0, "idTag": "CARD", "#
                    + #""meterStart": 1, "timestamp": "\#(CentralSystem.wallTime)"}}"#, "error")
            #expect(broken.contains("PropertyConstraintViolation"))
        }
    }
}
