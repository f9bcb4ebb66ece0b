/// Which times of a log are wanted, and where to put them (security whitepaper, edition 2, chapter 6).
public struct LogParameters: Payload {
    /// Where to put the file, at most 512 characters.
    public var remoteLocation: String
    /// From when on.
    public var oldestTimestamp: Timestamp?
    /// Until when.
    public var latestTimestamp: Timestamp?

    /// Made of its properties.
    public init(remoteLocation: String, oldestTimestamp: Timestamp? = nil, latestTimestamp: Timestamp? = nil) {
        self.remoteLocation = remoteLocation
        self.oldestTimestamp = oldestTimestamp
        self.latestTimestamp = latestTimestamp
    }
}

extension LogParameters {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "LogParametersType",
        [
            .required("remoteLocation", .text(maximum: 512)),
            .optional("oldestTimestamp", .timestamp),
            .optional("latestTimestamp", .timestamp),
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        remoteLocation = try fields.required("remoteLocation")
        oldestTimestamp = try fields.optional("oldestTimestamp")
        latestTimestamp = try fields.optional("latestTimestamp")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("remoteLocation", remoteLocation)
        object.put("oldestTimestamp", oldestTimestamp)
        object.put("latestTimestamp", latestTimestamp)
        return object
    }
}
