/// Something a person should know.
public enum StationNotice: Sendable, Hashable {
    /// The backend took the boot, or not.
    case registration(RegistrationStatus)
    /// A tag may not charge.
    case tagRefused(connector: Int?, idTag: String, reason: String)
    /// A tag may charge; the vehicle may be plugged in.
    case tagAccepted(connector: Int, idTag: String)
    /// A transaction has begun and is stored.
    case started(connector: Int, transaction: Int)
    /// A transaction has ended and is stored.
    case stopped(connector: Int, transaction: Int, StopReason)
    /// A transaction message could not be stored.
    case notStored(connector: Int, reason: String)
    /// A box's meter reads less than before: it is waited for.
    case meterWentBack(connector: Int, last: Int, read: Int)
    /// A box's meter cannot be read, so no transaction begins.
    case meterMissing(connector: Int)
    /// Something the backend asked for was refused; why.
    case refused(action: Action, reason: String)
}

extension StationNotice: CustomStringConvertible {
    /// The sentence for people.
    public var description: String {
        switch self {
        case .registration(let status): "the backend answered the boot: \(status.rawValue)"
        case .tagRefused(let connector, let tag, let reason):
            "\(StationNotice.place(connector)): the tag \(tag) may not charge: \(reason)"
        case .tagAccepted(let connector, let tag): "connector \(connector): the tag \(tag) may charge"
        case .started(let connector, let id): "connector \(connector): transaction \(id) has begun"
        case .stopped(let connector, let id, let reason):
            "connector \(connector): transaction \(id) has ended (\(reason.rawValue))"
        case .notStored(let connector, let reason):
            "connector \(connector): a transaction message could not be stored: \(reason)"
        case .meterWentBack(let connector, let last, let read):
            "connector \(connector): the meter reads \(read) Wh after \(last) Wh; it is waited for"
        case .meterMissing(let connector):
            "connector \(connector): the meter cannot be read, so no transaction begins; look after the box"
        case .refused(let action, let reason): "\(action.rawValue) was refused: \(reason)"
        }
    }

    private static func place(_ connector: Int?) -> String { connector.map { "connector \($0)" } ?? "the station" }
}
