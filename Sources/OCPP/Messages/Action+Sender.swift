/// Which end of a connection somebody is.
public enum Side: Sendable, Hashable {
    case chargePoint
    case centralSystem
}

extension Action {
    /// Who may ask for it; nil for DataTransfer, which either side may send.
    public var sender: Side? {
        switch self {
        case .dataTransfer: nil
        case .authorize, .bootNotification, .diagnosticsStatusNotification, .firmwareStatusNotification, .heartbeat,
            .meterValues, .startTransaction, .statusNotification, .stopTransaction, .logStatusNotification,
            .securityEventNotification, .signCertificate, .signedFirmwareStatusNotification:
            .chargePoint
        default: .centralSystem
        }
    }

    /// Whether it belongs to a transaction: these are sent strictly in order, and none may be lost.
    public var isTransactionRelated: Bool {
        self == .startTransaction || self == .stopTransaction || self == .meterValues
    }

    /// The rules of its request.
    public var requestRule: ObjectRule { request.rule }

    /// The rules of its response.
    public var responseRule: ObjectRule { Action.response(of: request).rule }

    /// The type of its response.
    public var response: any Payload.Type { Action.response(of: request) }

    private static func response<Asked: Request>(of type: Asked.Type) -> any Payload.Type { Asked.Response.self }
}
