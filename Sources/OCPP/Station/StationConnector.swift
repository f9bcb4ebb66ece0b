/// A connector of the station as the site file has it; its number is never given to another one.
public struct StationConnector: Sendable, Hashable {
    /// Who runs the connector's transactions.
    public enum Kind: Sendable, Hashable {
        /// A box that the host drives: the station runs the transactions.
        case box(BoxEquipment)
        /// A slave that speaks OCPP: it runs its own transactions.
        case slave
        /// The device is gone; the connector is reported Unavailable for ever.
        case removed
    }

    /// The number that the backend sees, from 1 on.
    public var number: Int
    /// Who runs its transactions.
    public var kind: Kind
    /// The largest current of the box and its wiring, in A per phase.
    public var maximum: Tenths
    /// How many phases the box charges with, 1 to 3.
    public var phases: Int
    /// What the keys ChargePointVendor, ChargePointModel and FirmwareVersion of the connector show; nil if not known.
    public var identity: BoxIdentity?

    /// A connector.
    public init(
        number: Int, kind: Kind, maximum: Tenths = 32, phases: Int = 3, identity: BoxIdentity? = nil
    ) {
        self.number = number
        self.kind = kind
        self.maximum = maximum
        self.phases = min(max(phases, 1), 3)
        self.identity = identity
    }
}

/// What a box that the host drives has.
public struct BoxEquipment: Sendable, Hashable {
    /// Whether the cable is part of the box; if not it has a socket.
    public var hasFixedCable: Bool
    /// Whether the host can unlock the socket.
    public var canUnlock: Bool
    /// Whether it counts energy, itself or by a meter of its own; without, every reading of its transactions is 0.
    public var hasMeter: Bool

    /// A box's equipment.
    public init(hasFixedCable: Bool = true, canUnlock: Bool = false, hasMeter: Bool = true) {
        self.hasFixedCable = hasFixedCable
        self.canUnlock = canUnlock
        self.hasMeter = hasMeter
    }
}

/// Who made a box, and its firmware.
public struct BoxIdentity: Sendable, Hashable {
    /// The vendor, at most 50 characters.
    public var vendor: String?
    /// The model, at most 50 characters.
    public var model: String?
    /// The firmware's version, at most 50 characters.
    public var firmware: String?

    /// A box's identity.
    public init(vendor: String? = nil, model: String? = nil, firmware: String? = nil) {
        self.vendor = vendor
        self.model = model
        self.firmware = firmware
    }
}
