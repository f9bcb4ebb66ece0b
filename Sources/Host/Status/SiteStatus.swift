/// Everything the site shows at one moment; the document of `GET /api/v1/site`.
public struct SiteStatus: Codable, Sendable, Hashable {
    /// One node of the circuit tree.
    public struct Circuit: Codable, Sendable, Hashable {
        /// The id; `supply` for the root.
        public var id: String
        /// The node above; nil for the root.
        public var parent: String?
        /// The limit, per supply phase, in A.
        public var limit_a: [Double] = []
        /// Kept free on every phase, in A.
        public var reserve_a: Double = 0
        /// The limit less the reserve, per supply phase, in A.
        public var usable_a: [Double]
        /// The id of its meter; nil without one.
        public var meter: String?
        /// What the node's meter shows, per supply phase, in A; nil without a meter or while it is silent.
        public var measured_a: [Double]?
        /// What everything but the boxes is taken to draw, per supply phase, in A.
        public var base_a: [Double]
        /// What the boxes may be drawing at most, per supply phase, in A.
        public var booked_a: [Double]
        /// What the boxes below it measure that they draw, per supply phase, in A; at the most where a rotation is
        /// unknown. Nil when none of them measures.
        public var drawn_a: [Double]?
        /// Whether the worst-case house is assumed because the meter is silent.
        public var blind: Bool
    }

    /// One box.
    public struct Box: Codable, Sendable, Hashable {
        /// The id.
        public var id: String
        /// The title of its profile.
        public var title: String
        /// The node it hangs on.
        public var circuit: String
        /// Whether it is the host's own box.
        public var own: Bool = false
        /// How its phases lie on the supply's: 123, 231, 312, 132, 213, 321 or unknown.
        public var rotation: String = "123"
        /// connecting, online, silent, mismatch, disabled or removed.
        public var link: String
        /// More about the link, in words.
        public var link_text: String?
        /// IEC 61851 state A to F; nil while unknown.
        public var state: String?
        /// fast, surplus, min+surplus, target or off.
        public var mode: String = "fast"
        /// Whether a person chose the mode for the car that is plugged in.
        public var is_chosen: Bool = false
        /// How many phases it charges on, or is being switched to; nil while nothing was told.
        public var phases: Int?
        /// In how many minutes the next turn begins, rounded up; nil for a box that does not wait its turn.
        public var next_turn_min: Int?
        /// What it was told last, in A; 0 for off, nil while nothing was told.
        public var told_a: Double?
        /// What it offers to the car, in A, where it says so.
        public var offered_a: Double?
        /// What it draws per phase of its own, in A, where it measures it.
        public var drawn_a: [Double]?
        /// The highest limit it takes, in A per phase; nil before it was reached.
        public var max_a: Double?
        /// Active power, in W.
        public var power_w: Double?
        /// What was charged since the car was plugged in, in Wh, where the box counts it.
        public var session_energy_wh: Double?
        /// What it may be drawing at most, in A.
        public var booked_a: Double
        /// The most that a master above allows, in A; 0 for off, nil while none ever limited it.
        public var master_a: Double?
        /// The word for the reason: node, budget, unbalance, max, queue, reserved, mode, licence, trust or fault; nil
        /// while nothing is decided.
        public var reason: String?
        /// Why it gets what it gets, in words.
        public var why: String
    }

    /// One meter, inverter or battery.
    public struct Instrument: Codable, Sendable, Hashable {
        /// The id.
        public var id: String
        /// The title of its profile.
        public var title: String
        /// Its class.
        public var device_class: String
        /// Its role in the site.
        public var role: String?
        /// connecting, online, silent or mismatch.
        public var link: String
        /// More about the link, in words.
        public var link_text: String?
        /// Active power, in W; positive when it flows into the device, at the grid when imported.
        public var power_w: Double?
        /// Current per phase, in A.
        public var current_a: [Double]?
        /// The counter of energy into the device, at the grid imported, in Wh.
        public var energy_import_wh: Double?
        /// The counter of energy out of the device, at the grid exported, in Wh.
        public var energy_export_wh: Double?
        /// The state of charge of a battery, in %.
        public var soc_percent: Double?
    }

    /// A power that the boxes may not pass now.
    public struct Limit: Codable, Sendable, Hashable {
        /// Its name; `operator` for the one set by hand.
        public var id: String
        /// operator or dimming.
        public var cause: String
        /// What the boxes may draw together, in W.
        public var power_w: Double
        /// The circuit whose boxes count; nil for all.
        public var circuit: String?
        /// Until when, in UTC; nil where nobody knows.
        public var until: String?
        /// Whether it holds because its input cannot be read.
        public var is_lost: Bool = false
    }

    /// The version of the host.
    public var version: String = HostVersion.chargehost
    /// The site's name.
    public var name: String
    /// master, slave or standalone.
    public var role: String
    /// manage, observe or off.
    public var mode: String
    /// When, in UTC.
    public var time: String
    /// Seconds since the host started.
    public var uptime_s: Double
    /// Where power comes from and goes to.
    public var power: PowerBalance = .init()
    /// The circuits, the root first.
    public var circuits: [Circuit]
    /// What limits the boxes now besides the circuits.
    public var limits: [Limit] = []
    /// The boxes, in the order of the site file.
    public var boxes: [Box]
    /// Everything else.
    public var instruments: [Instrument]
    /// What the operator must know, newest last.
    public var alarms: [String]
    /// Links to other pages, in the order of their titles; nil without any.
    public var links: [PageLink]?
    /// What OCPP is doing; nil on a site without it.
    public var ocpp: OCPPStatus?
    /// The places for boxes of other makes; nil where none are counted.
    public var licence: LicenceStatus?
    /// The profiles that are not trusted enough; nil where no trust is asked for.
    public var trust: TrustStatus?
}
