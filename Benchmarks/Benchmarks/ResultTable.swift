/// The lines as text with columns.
struct ResultTable {
    let measurements: [Measurement]

    private static let heads = ["", "ours", "baseline", "ratio", "bar", ""]

    /// The table; numbers stand on the right.
    var text: String {
        let rows = [ResultTable.heads] + measurements.map(cells)
        let widths = ResultTable.heads.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        return rows.map { row in
            row.enumerated().map { column, cell in
                let space = String(repeating: " ", count: widths[column] - cell.count)
                return (1...4).contains(column) ? space + cell : cell + space
            }.joined(separator: "  ")
        }.joined(separator: "\n")
    }

    private func cells(_ line: Measurement) -> [String] {
        let bar =
            switch line.bar {
            case nil: ""
            case .ratioAtLeast(let least): "≥ \(Figure.rounded(least))"
            case .ratioAtMost(let most): "≤ \(Figure.rounded(most))"
            case .below(let limit): "< \(Figure(value: limit, unit: line.ours.unit))"
            }
        return [
            line.name, "\(line.ours)", line.baseline.map { "\($0)" } ?? "", line.ratio.map(Figure.rounded) ?? "", bar,
            line.isMet.map { $0 ? "ok" : "short" } ?? "",
        ]
    }
}
