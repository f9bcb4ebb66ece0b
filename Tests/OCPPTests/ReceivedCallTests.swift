import Testing

@testable import OCPP

/// Behaviours 8 and 9: the code that a call is refused with, and a description that names the field.
@Suite struct ReceivedCallTests {
    private func refusal(_ action: String, _ json: String, at side: Side, isStrict: Bool = false) throws -> CallError? {
        guard case .object(let payload) = try JSONReader().read(json) else { return nil }
        do throws(CallError) {
            _ = try ReceivedCall(action: action, payload: payload, at: side, isStrict: isStrict)
            return nil
        } catch {
            return error
        }
    }

    @Test func anUnknownActionIsNotImplementedAndOneOfOurOwnSideIsNotSupported() throws {
        #expect(try refusal("MakeCoffee", "{}", at: .chargePoint)?.code == .notImplemented)
        #expect(try refusal("heartbeat", "{}", at: .centralSystem)?.code == .notImplemented)
        #expect(try refusal("BootNotification", "{}", at: .chargePoint)?.code == .notSupported)
        #expect(try refusal("Reset", #"{"type":"Hard"}"#, at: .centralSystem)?.code == .notSupported)
        #expect(try refusal("DataTransfer", #"{"vendorId":"x"}"#, at: .centralSystem) == nil)
        #expect(try refusal("DataTransfer", #"{"vendorId":"x"}"#, at: .chargePoint) == nil)
    }

    @Test(arguments: [
        ("Reset", "{}", ErrorCode.occurenceConstraintViolation, "type is missing"),
        ("Reset", #"{"type":null}"#, .occurenceConstraintViolation, "type is missing"),
        ("Reset", #"{"type":5}"#, .typeConstraintViolation, "type must be a string, not a number"),
        (
            "Reset", #"{"type":"Medium"}"#, .propertyConstraintViolation,
            "type must not be \"Medium\", only Hard, Soft"
        ),
        (
            "RemoteStartTransaction", #"{"idTag":"0123456789012345678901234567890"}"#, .propertyConstraintViolation,
            "idTag has 31 characters, at most 20 are allowed"
        ),
        (
            "RemoteStopTransaction", #"{"transactionId":1.5}"#, .typeConstraintViolation,
            "transactionId must be a whole number, not 1.5"
        ),
        (
            "RemoteStopTransaction", #"{"transactionId":"1"}"#, .typeConstraintViolation,
            "transactionId must be a whole number, not a string"
        ),
        (
            "ChangeAvailability", #"{"connectorId":-1,"type":"Operative"}"#, .propertyConstraintViolation,
            "connectorId is -1, at least 0 is needed"
        ),
        (
            "ReserveNow", #"{"connectorId":1,"expiryDate":"tomorrow","idTag":"a","reservationId":1}"#,
            .propertyConstraintViolation, "expiryDate must be a date and time, not \"tomorrow\""
        ),
        (
            "GetConfiguration", #"{"key":["a",5]}"#, .typeConstraintViolation,
            "key[1] must be a string, not a number"
        ),
        (
            "SetChargingProfile",
            #"{"connectorId":1,"csChargingProfiles":{"chargingProfileId":1,"stackLevel":0,"chargingProfilePurpose":"TxProfile","chargingProfileKind":"Absolute","chargingSchedule":{"chargingRateUnit":"A","chargingSchedulePeriod":[{"startPeriod":0,"limit":16},{"startPeriod":60,"limit":16.45}]}}}"#,
            .propertyConstraintViolation,
            "csChargingProfiles.chargingSchedule.chargingSchedulePeriod[1].limit must be a multiple of 0.1, not 16.45"
        ),
        (
            "SetChargingProfile",
            #"{"connectorId":1,"csChargingProfiles":{"chargingProfileId":1,"stackLevel":0,"chargingProfilePurpose":"TxProfile","chargingProfileKind":"Absolute","chargingSchedule":{"chargingRateUnit":"A","chargingSchedulePeriod":[]}}}"#,
            .occurenceConstraintViolation,
            "csChargingProfiles.chargingSchedule.chargingSchedulePeriod has 0 elements, at least 1 are needed"
        ),
        (
            "SendLocalList", #"{"listVersion":1,"updateType":"Full","localAuthorizationList":[{"idTag":"a"},7]}"#,
            .typeConstraintViolation, "localAuthorizationList[1] must be an object, not a number"
        ),
    ])
    func aBrokenRuleHasItsCodeAndNamesTheField(action: String, json: String, code: ErrorCode, text: String) throws {
        let error = try #require(try refusal(action, json, at: .chargePoint))
        #expect(error.code == code)
        #expect(error.description == text)
    }

    @Test func unknownPropertiesAreKeptAwayUnlessTheReceiverIsStrict() throws {
        let json = #"{"type":"Soft","colour":{"r":1}}"#
        #expect(try refusal("Reset", json, at: .chargePoint) == nil)
        let error = try #require(try refusal("Reset", json, at: .chargePoint, isStrict: true))
        #expect(error.code == .formationViolation)
        #expect(error.description == "colour is no property of this message")
        let nested = #"{"listVersion":1,"updateType":"Full","localAuthorizationList":[{"idTag":"a","x":1}]}"#
        #expect(
            try refusal("SendLocalList", nested, at: .chargePoint, isStrict: true)?.description
                == "localAuthorizationList[0].x is no property of this message")
    }

    @Test func lengthsCountCharactersAndNotBytes() throws {
        #expect(try refusal("Authorize", #"{"idTag":"ÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖ"}"#, at: .centralSystem) == nil)
        #expect(try refusal("Authorize", #"{"idTag":"ÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜ"}"#, at: .centralSystem) == nil)
        #expect(try refusal("Authorize", #"{"idTag":"ÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜÄÖÜ"}"#, at: .centralSystem) != nil)
    }

    @Test func theTypedRequestHasWhatWasSent() throws {
        let json = #"{"connectorId":2,"idTag":"04A1","meterStart":1200,"timestamp":"2026-11-21T09:30:00+01:00","x":1}"#
        guard case .object(let payload) = try JSONReader().read(json) else { return }
        let call = try ReceivedCall(action: "StartTransaction", payload: payload, at: .centralSystem)
        let expected = StartTransactionRequest(
            connectorId: 2, idTag: "04A1", meterStart: 1200, timestamp: Timestamp(seconds: 1_795_249_800))
        #expect(call.request as? StartTransactionRequest == expected)
        #expect(expected.json["timestamp"] == .string("2026-11-21T08:30:00Z"))
        #expect(expected.json["reservationId"] == nil)
    }
}
