/// The central system takes a reservation back (OCPP 1.6, 6.5).
public struct CancelReservationRequest: Request {
    /// The answer that belongs to it.
    public typealias Response = CancelReservationResponse
    /// What it is called on the wire.
    public static let action = Action.cancelReservation

    /// The reservation's number.
    public var reservationId: Int

    /// Made of its properties.
    public init(reservationId: Int) {
        self.reservationId = reservationId
    }
}

extension CancelReservationRequest {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "CancelReservation.req",
        [
            .required("reservationId", .integer(least: nil))
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        reservationId = try fields.required("reservationId")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("reservationId", reservationId)
        return object
    }
}

/// Whether there was such a reservation.
public struct CancelReservationResponse: Payload {
    /// The outcome.
    public var status: CancelReservationStatus

    /// Made of its properties.
    public init(status: CancelReservationStatus) {
        self.status = status
    }
}

extension CancelReservationResponse {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "CancelReservation.conf",
        [
            .required("status", .oneOf(CancelReservationStatus.self))
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        status = try fields.required("status")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("status", status)
        return object
    }
}

/// Whether there was such a reservation.
public enum CancelReservationStatus: String, Sendable, CaseIterable, FieldEnumeration {
    case accepted = "Accepted"
    case rejected = "Rejected"
}
