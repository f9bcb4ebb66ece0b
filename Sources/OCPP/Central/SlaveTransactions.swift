/// The open transactions of a slave, by its connectors.
public struct SlaveTransactions: Hashable, Sendable {
    /// The local ids by connector.
    public private(set) var open: [Int: Int]

    /// What is open at the start.
    public init(_ open: [Int: Int] = [:]) { self.open = open }

    /// A transaction has begun. One that was open on the connector is over as far as the slave knows.
    public mutating func begin(_ id: Int, on connector: Int) {
        for (other, known) in open where known == id { open[other] = nil }
        open[connector] = id
    }

    /// The connector a stop belongs to: that of its id; for -1 and ids that are not open the only connector with an open
    /// transaction, else the lowest of `connectors`.
    public func connector(ofStop id: Int, among connectors: some Sequence<Int>) -> Int {
        if let known = open.first(where: { $0.value == id })?.key { return known }
        if open.count == 1, let only = open.keys.first { return only }
        return connectors.filter { $0 > 0 }.min() ?? 1
    }

    /// A transaction has ended, with the id the slave named. One that is not open ends the transaction of `connector` only
    /// when the slave never learned the id, which it then gives as -1.
    public mutating func end(_ id: Int, on connector: Int) {
        if let known = open.first(where: { $0.value == id })?.key {
            open[known] = nil
        } else if id <= 0 {
            open[connector] = nil
        }
    }
}
