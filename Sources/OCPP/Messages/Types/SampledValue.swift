/// One measured value (OCPP 1.6, chapter 7).
public struct SampledValue: Payload {
    /// The value as text; what was signed, if the format says so.
    public var value: String
    /// Why it was measured; `Sample.Periodic` if missing.
    public var context: ReadingContext?
    /// Whether the value is signed; `Raw` if missing.
    public var format: ValueFormat?
    /// What was measured; `Energy.Active.Import.Register` if missing.
    public var measurand: Measurand?
    /// On which conductors; on all together if missing.
    public var phase: Phase?
    /// Where it was measured; `Outlet` if missing.
    public var location: Location?
    /// The unit; Wh if missing and the measurand is an energy.
    public var unit: UnitOfMeasure?

    /// Made of its properties.
    public init(
        value: String, context: ReadingContext? = nil, format: ValueFormat? = nil, measurand: Measurand? = nil,
        phase: Phase? = nil, location: Location? = nil, unit: UnitOfMeasure? = nil
    ) {
        self.value = value
        self.context = context
        self.format = format
        self.measurand = measurand
        self.phase = phase
        self.location = location
        self.unit = unit
    }
}

extension SampledValue {
    /// The rules of its properties.
    public static let rule = ObjectRule(
        "SampledValue",
        [
            .required("value", .text(maximum: nil)),
            .optional("context", .oneOf(ReadingContext.self)),
            .optional("format", .oneOf(ValueFormat.self)),
            .optional("measurand", .oneOf(Measurand.self)),
            .optional("phase", .oneOf(Phase.self)),
            .optional("location", .oneOf(Location.self)),
            .optional("unit", .oneOf(UnitOfMeasure.self)),
        ])

    /// Taken from properties that passed the rules.
    public init(_ fields: Fields) throws(Violation) {
        value = try fields.required("value")
        context = try fields.optional("context")
        format = try fields.optional("format")
        measurand = try fields.optional("measurand")
        phase = try fields.optional("phase")
        location = try fields.optional("location")
        unit = try fields.optional("unit")
    }

    /// As JSON.
    public var json: JSONObject {
        var object = JSONObject()
        object.put("value", value)
        object.put("context", context)
        object.put("format", format)
        object.put("measurand", measurand)
        object.put("phase", phase)
        object.put("location", location)
        object.put("unit", unit)
        return object
    }
}
