/// The numbers that stand for property names in the binary framing.
///
/// A number is a place in the list: new names go to the end, and nothing is ever taken out or moved. The first 24, which
/// take one byte, are those of meter values, transactions and charging profiles.
enum PropertyNumbers {
    static let names: [String] = [
        "value", "measurand", "unit", "context", "timestamp", "sampledValue", "meterValue", "connectorId",
        "transactionId", "status", "idTag", "phase", "location", "format", "idTagInfo", "meterStart", "meterStop",
        "reason", "errorCode", "currentTime", "startPeriod", "limit", "key", "readonly", "certificate",
        "certificateChain", "certificateHashData", "certificateType", "chargeBoxSerialNumber", "chargePointModel",
        "chargePointSerialNumber", "chargePointVendor", "chargingProfile", "chargingProfileId",
        "chargingProfileKind", "chargingProfilePurpose", "chargingRateUnit", "chargingSchedule",
        "chargingSchedulePeriod", "configurationKey", "csChargingProfiles", "csr", "data", "duration", "expiryDate",
        "fileName", "filename", "firmware", "firmwareVersion", "hashAlgorithm", "iccid", "id", "imsi", "info",
        "installDateTime", "interval", "issuerKeyHash", "issuerNameHash", "latestTimestamp", "listVersion",
        "localAuthorizationList", "log", "logType", "messageId", "meterSerialNumber", "meterType", "minChargingRate",
        "numberPhases", "oldestTimestamp", "parentIdTag", "recurrencyKind", "remoteLocation", "requestId",
        "requestedMessage", "reservationId", "retries", "retrieveDate", "retrieveDateTime", "retryInterval",
        "scheduleStart", "serialNumber", "signature", "signingCertificate", "stackLevel", "startSchedule",
        "startTime", "stopTime", "techInfo", "transactionData", "type", "unknownKey", "updateType", "validFrom",
        "validTo", "vendorErrorCode", "vendorId",
    ]

    private static let numbers = Dictionary(
        names.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })

    static func number(of name: String) -> Int? { numbers[name] }

    /// The name with a number; a text that no property has if the number is not known.
    static func name(of number: UInt64) -> String {
        number < UInt64(names.count) ? names[Int(number)] : "#\(number)"
    }
}
