/// One step from one schema to the next.
///
/// Once released, neither name nor statements are ever changed: a database that has the step would differ from one made
/// afresh. A mistake is put right by a further step.
public struct Migration: Sendable {
    /// Unique, with a number for the reader: `001-told-values`.
    public let name: String
    /// SQL statements separated by semicolons.
    public let sql: String

    /// A step.
    public init(_ name: String, _ sql: String) {
        self.name = name
        self.sql = sql
    }
}
