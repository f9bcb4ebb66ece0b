/// What the licence says of one charge point.
public enum Admission: Hashable, Sendable {
    /// It needs no licence.
    case free
    /// It has one of the places.
    case placed(BoxMake.ThirdParty)
    /// Nothing is decided before it has said what it is.
    case waitsForIdentity
    /// There is no place left: it is read and booked, but nothing may start or raise it.
    case overLimit(BoxMake.ThirdParty, places: Int)
    /// The host does not control it.
    case notControlled

    /// Whether it may be started and raised. Lowering and stopping are always allowed.
    public var mayRaise: Bool {
        switch self {
        case .free, .placed: true
        case .waitsForIdentity, .overLimit, .notControlled: false
        }
    }
}

extension Admission: CustomStringConvertible {
    /// The reason in words, with the way out.
    public var description: String {
        switch self {
        case .free: "a Power Brain; it needs no licence"
        case .placed(let why): "\(why); it has one of the places"
        case .waitsForIdentity: "it has not said yet what it is; commands follow when it has"
        case .overLimit(let why, let places):
            "no licence: \(why), and the \(places) places for such boxes are taken; "
                + "it is only read. A licence file adds places: chargehost licence install FILE"
        case .notControlled: "not controlled by this host"
        }
    }
}
