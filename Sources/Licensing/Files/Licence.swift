/// What the vendor grants: so many charge points of other makes, on one host or on any, for ever or until a day.
public struct Licence: Hashable, Sendable {
    /// Its number; two files with the same one are the same licence.
    public var id: String
    /// Who it was given to.
    public var licensee: String
    /// How many third-party charge points it allows, on top of those that are free; 1 to 10,000.
    public var chargePoints: Int
    /// The host it is for; nil for any.
    public var host: PublicKey?
    /// The day it was issued; before it, it does not count.
    public var issued: Day
    /// The last day it counts in full; nil for ever.
    public var ends: Day?

    /// Makes a licence.
    public init(
        id: String, licensee: String, chargePoints: Int, host: PublicKey? = nil, issued: Day, ends: Day? = nil
    ) {
        self.id = id
        self.licensee = licensee
        self.chargePoints = chargePoints
        self.host = host
        self.issued = issued
        self.ends = ends
    }

    /// How many days a licence counts on after its end, with warnings.
    public static let graceDays = 30
    /// How many charge points one licence may grant.
    public static let chargePointRange = 1...10_000
}
