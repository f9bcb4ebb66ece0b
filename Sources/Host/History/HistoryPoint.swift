/// The mean powers of 10 s, in W; nil where nothing was known.
public struct HistoryPoint: Codable, Hashable, Sendable {
    /// Counts the steps of 10 s on the machine's monotonic clock.
    public var number: Int64
    /// At the grid meter; positive when imported.
    public var grid_w: Int32?
    /// Into the boxes.
    public var evse_w: Int32?
    /// From the sun.
    public var production_w: Int32?
    /// Into batteries; negative while they discharge.
    public var storage_w: Int32?

    /// A point that knows nothing.
    public init(number: Int64) { self.number = number }
}

/// The powers of one step while it lasts.
struct PowerMeans {
    private struct Mean {
        var sum = 0.0
        var count = 0.0

        mutating func add(_ value: Double?) {
            guard let value else { return }
            sum += value
            count += 1
        }

        /// Rounded to 1 W; a power that no site has is none.
        var watts: Int32? { count > 0 ? Int32(exactly: (sum / count).rounded()) : nil }
    }

    let number: Int64
    private var grid = Mean()
    private var evse = Mean()
    private var production = Mean()
    private var storage = Mean()

    init(number: Int64) { self.number = number }

    mutating func add(_ power: PowerBalance) {
        grid.add(power.grid_w)
        evse.add(power.evse_w)
        production.add(power.production_w)
        storage.add(power.storage_w)
    }

    var point: HistoryPoint {
        var point = HistoryPoint(number: number)
        point.grid_w = grid.watts
        point.evse_w = evse.watts
        point.production_w = production.watts
        point.storage_w = storage.watts
        return point
    }
}
