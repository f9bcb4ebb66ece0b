/// How often a point was written lately. The minute a window begins in counts in full, so never too few.
public struct WriteCounts: Hashable, Sendable {
    private let counts: [WriteWindow: Int]

    init(_ counts: [WriteWindow: Int]) {
        self.counts = counts
    }

    /// Writes in a window that ends now.
    public subscript(_ window: WriteWindow) -> Int { counts[window] ?? 0 }

    /// Whether one more write stays within the budget.
    public func leavesRoom(for budget: WriteBudget) -> Bool { self[budget.window] < budget.count }
}
