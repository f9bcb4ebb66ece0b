/// Maximises `objective · y` over `rows · y ≤ bounds`, `y ≥ 0`, for bounds that are not negative: the textbook tableau
/// with Bland's rule, which cannot cycle. Small and slow.
func maximise(_ objective: [Double], rows: [[Double]], bounds: [Double]) -> [Double] {
    let variables = objective.count
    var table = rows.enumerated().map { number, row in
        row + rows.indices.map { $0 == number ? 1 : 0 } + [max(0, bounds[number])]
    }
    var cost = objective.map { -$0 } + [Double](repeating: 0, count: rows.count + 1)
    var basis = rows.indices.map { variables + $0 }
    let last = cost.count - 1
    while let column = cost[..<last].firstIndex(where: { $0 < -1e-9 }) {
        var pivot: Int?
        for row in table.indices where table[row][column] > 1e-9 {
            guard let best = pivot else {
                pivot = row
                continue
            }
            let (a, b) = (table[row][last] / table[row][column], table[best][last] / table[best][column])
            if a < b - 1e-12 || (abs(a - b) <= 1e-12 && basis[row] < basis[best]) { pivot = row }
        }
        guard let pivot else { break }
        let divisor = table[pivot][column]
        table[pivot] = table[pivot].map { $0 / divisor }
        for row in table.indices where row != pivot && table[row][column] != 0 {
            let factor = table[row][column]
            for place in table[row].indices { table[row][place] -= factor * table[pivot][place] }
        }
        let factor = cost[column]
        for place in cost.indices { cost[place] -= factor * table[pivot][place] }
        basis[pivot] = column
    }
    var solution = [Double](repeating: 0, count: variables)
    for (row, variable) in basis.enumerated() where variable < variables { solution[variable] = table[row][last] }
    return solution
}
