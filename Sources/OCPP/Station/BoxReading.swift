/// What was last read from a box.
public struct BoxReading: Sendable, Hashable {
    /// The vehicle's state; nil while it is not known: then all goes on as it was.
    public var pilot: PilotState?
    /// Whether a cable sticks in the box's socket although no vehicle is at it; nil for a box that does not tell.
    public var hasCable: Bool?
    /// The energy register in Wh; nil if it could not be read, or its quality is not good.
    public var energy: Int?
    /// All that was measured, for MeterValues; the energy register need not be among it.
    public var values: [MeasuredValue]
    /// The current that the box offers the vehicle, in A per phase, after load management; nil if it is not known.
    public var offered: Tenths?
    /// How many phases it is switched to; nil for a box that cannot be switched.
    public var phases: Int?
    /// What is wrong with the box; nil if nothing is.
    public var fault: BoxFault?

    /// A reading.
    public init(
        pilot: PilotState?, hasCable: Bool? = nil, energy: Int? = nil, values: [MeasuredValue] = [],
        offered: Tenths? = nil, phases: Int? = nil, fault: BoxFault? = nil
    ) {
        self.pilot = pilot
        self.hasCable = hasCable
        self.energy = energy
        self.values = values
        self.offered = offered
        self.phases = phases
        self.fault = fault
    }
}

/// One measured value.
public struct MeasuredValue: Sendable, Hashable {
    /// What was measured.
    public var measurand: Measurand
    /// On which conductors; nil for all together.
    public var phase: Phase?
    /// The value, in `unit`.
    public var value: Double
    /// Its unit.
    public var unit: UnitOfMeasure

    /// A value.
    public init(_ measurand: Measurand, phase: Phase? = nil, _ value: Double, _ unit: UnitOfMeasure) {
        self.measurand = measurand
        self.phase = phase
        self.value = value
        self.unit = unit
    }
}

/// What is wrong with a box.
public struct BoxFault: Sendable, Hashable {
    /// The code that comes nearest.
    public var code: ChargePointErrorCode
    /// For people; cut to 50 characters.
    public var text: String
    /// The vendor's own code; cut to 50 characters.
    public var vendorCode: String?

    /// A fault.
    public init(_ code: ChargePointErrorCode = .otherError, _ text: String, vendorCode: String? = nil) {
        self.code = code
        self.text = text
        self.vendorCode = vendorCode
    }
}
