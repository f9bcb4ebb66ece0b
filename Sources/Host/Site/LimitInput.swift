import DriverAPI
import YAML

/// A power limit that a point of a device switches or sets: a relay of the grid operator, an input register.
public struct LimitInput: Hashable, Sendable {
    /// Who limits.
    public enum Kind: String, Hashable, Sendable, Codable, CaseIterable {
        /// The grid operator dims (§14a EnWG): own generation may be used beyond the limit.
        case dimming
        /// Somebody else, such as an energy management above this one.
        case `operator`
    }

    /// How much the boxes may draw together while it is active.
    public enum Power: Hashable, Sendable {
        /// This, in W.
        case fixed(Exact)
        /// What §14a grants to several devices under one energy management.
        case shared
        /// 4.2 kW for every box.
        case each
        /// What the point itself shows, in W.
        case value
    }

    /// Its name.
    public var id: String
    /// Who limits.
    public var kind: Kind
    /// The device whose point is the input.
    public var device: String
    /// The point.
    public var point: String
    /// Whether the limit is active while the input is off, as a relay that opens on a broken wire.
    public var isActiveLow: Bool
    /// How much is left.
    public var power: Power
    /// The circuit whose boxes it counts.
    public var circuit: String
    /// Whether it is taken to be active while the input cannot be read.
    public var isActiveWhenLost: Bool
    /// Where it stands in the file.
    public var mark: Mark

    /// Makes an input.
    public init(
        id: String, kind: Kind = .dimming, device: String, point: String, isActiveLow: Bool = false,
        power: Power = .shared, circuit: String = "supply", isActiveWhenLost: Bool = true,
        mark: Mark = Mark(line: 1, column: 1)
    ) {
        self.id = id
        self.kind = kind
        self.device = device
        self.point = point
        self.isActiveLow = isActiveLow
        self.power = power
        self.circuit = circuit
        self.isActiveWhenLost = isActiveWhenLost
        self.mark = mark
    }
}
