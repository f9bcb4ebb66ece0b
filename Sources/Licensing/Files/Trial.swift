/// The trial: five third-party charge points for ninety days, once per host.
public struct Trial: Hashable, Sendable, Codable {
    /// The host it was started on, as 64 hexadecimal digits.
    public var host: String
    /// The day it was started, as days since 1970.
    public var started: Int

    /// A trial that starts.
    public init(host: PublicKey, started: Day) {
        self.host = host.description
        self.started = started.number
    }

    /// How many third-party charge points there may be meanwhile.
    public static let chargePoints = 5
    /// How many days it lasts.
    public static let days = 90

    /// The last day of it.
    public var ends: Day { Day(number: started + Trial.days - 1) }

    /// Whether it counts on `host` today.
    public func isOn(_ host: PublicKey, today: Day) -> Bool {
        self.host == host.description && today.number >= started && today <= ends
    }
}
