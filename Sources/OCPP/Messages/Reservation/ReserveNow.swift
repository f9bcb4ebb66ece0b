/// The central system reserves a connector, or with 0 any of them, for a card (OCPP 1.6, 6.37).
public struct ReserveNowRequest: Request {
    /// The answer that belongs to it.
    public typealias Response = ReserveNowResponse
    /// What it is called on the wire.
    public static let action = Action.reserveNow

    /// The connector, counted from 1; 0 is the whole charge point.
    public var connectorId: Int
    /// When the reservation ends.
    public var expiryDate: Timestamp
    /// The card's id, at most 20 characters.
    public var idTag: String
    /// The id that the cards of one group share, at most 20 characters.
    public var parentIdTag: String?
    /// The reservation's number.
    public var reservationId: Int

    /// Made of its properties.
    public init(
        connectorId: Int, expiryDate: Timestamp, idTag: String, parentIdTag: String? = nil, reservationId: Int
    ) {
        self.connectorId = connectorId
        self.expiryDate = expiryDate
        self.idTag = idTag
        self.parentIdTag = parentIdTag
        self.reservationId = reservationId
    }
}

extension ReserveNowRequest {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "ReserveNow.req",
        [
            .required("connectorId", .integer(least: 0)),
            .required("expiryDate", .timestamp),
            .required("idTag", .text(maximum: 20)),
            .optional("parentIdTag", .text(maximum: 20)),
            .required("reservationId", .integer(least: nil)),
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        connectorId = try fields.required("connectorId")
        expiryDate = try fields.required("expiryDate")
        idTag = try fields.required("idTag")
        parentIdTag = try fields.optional("parentIdTag")
        reservationId = try fields.required("reservationId")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("connectorId", connectorId)
        object.put("expiryDate", expiryDate)
        object.put("idTag", idTag)
        object.put("parentIdTag", parentIdTag)
        object.put("reservationId", reservationId)
        return object
    }
}

/// Whether the connector is reserved.
public struct ReserveNowResponse: Payload {
    /// The outcome.
    public var status: ReservationStatus

    /// Made of its properties.
    public init(status: ReservationStatus) {
        self.status = status
    }
}

extension ReserveNowResponse {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "ReserveNow.conf",
        [
            .required("status", .oneOf(ReservationStatus.self))
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

/// Whether a connector is reserved, or why not.
public enum ReservationStatus: String, Sendable, CaseIterable, FieldEnumeration {
    case accepted = "Accepted"
    case faulted = "Faulted"
    case occupied = "Occupied"
    case rejected = "Rejected"
    case unavailable = "Unavailable"
}
