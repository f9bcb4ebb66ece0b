/// One line of the table.
struct Measurement: Codable {
    /// What a line is held against.
    enum Bar: Codable {
        /// Ours over the baseline is at least this.
        case ratioAtLeast(Double)
        /// Ours over the baseline is at most this.
        case ratioAtMost(Double)
        /// Ours is less than this, in its own unit.
        case below(Double)
    }

    /// What was measured.
    var name: String
    /// What this project takes or makes.
    var ours: Figure
    /// What it is compared with, measured in the same run; nil where there is nothing to compare with.
    var baseline: Figure?
    /// What is expected; nil for a line that only informs.
    var bar: Bar?

    /// Ours over the baseline.
    var ratio: Double? { baseline.map { ours.value / $0.value } }

    /// Whether the bar is met; nil without one.
    var isMet: Bool? {
        switch bar {
        case nil: nil
        case .below(let limit): ours.value < limit
        case .ratioAtLeast(let least): ratio.map { $0 >= least }
        case .ratioAtMost(let most): ratio.map { $0 <= most }
        }
    }
}
