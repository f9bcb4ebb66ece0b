import LoadManagement

/// The exact max-min fair share of the boxes that are charging, in milliamperes, by a sequence of linear programmes:
/// class by class, raise the lowest as far as possible, fix whoever cannot be raised any more, repeat.
func exactShare(_ input: AllocationInput, charging: [Bool]) -> [Double] {
    let limits = LinearLimits(input)
    let boxes = input.boxes
    var share = boxes.indices.map { charging[$0] ? Double(boxes[$0].minimum) : 0 }
    for priority in Set(boxes.map(\.priority)).sorted(by: >) {
        var open = boxes.indices.filter { charging[$0] && boxes[$0].priority == priority }
        while !open.isEmpty {
            let level = Programme(limits, boxes, share, open).highestLevel()
            let fixed = open.filter { Programme(limits, boxes, share, open).highest($0, level: level) <= level + 1e-3 }
            guard !fixed.isEmpty else { break }
            for box in fixed { share[box] = max(level, Double(boxes[box].minimum)) }
            open.removeAll { fixed.contains($0) }
        }
    }
    return share
}

/// The variables are how far each open box is above its minimum, and the level.
private struct Programme {
    var open: [Int]
    var minima: [Double]
    var rows: [[Double]] = []
    var bounds: [Double] = []

    init(_ limits: LinearLimits, _ boxes: [BoxDemand], _ share: [Double], _ open: [Int]) {
        self.open = open
        minima = open.map { Double(boxes[$0].minimum) }
        var current = share
        for box in open { current[box] = Double(boxes[box].minimum) }
        for row in limits.rows where open.contains(where: { row.coefficients[$0] != 0 }) {
            let used = zip(row.coefficients, current).reduce(0) { $0 + Double($1.0) * $1.1 }
            rows.append(open.map { Double(row.coefficients[$0]) } + [0])
            bounds.append(Double(row.bound) - used)
        }
        for (place, box) in open.enumerated() {
            rows.append(unit(place))
            bounds.append(Double(boxes[box].maximum - boxes[box].minimum))
        }
    }

    private func unit(_ place: Int) -> [Double] { (0...open.count).map { $0 == place ? 1 : 0 } }

    private func leveled() -> (rows: [[Double]], bounds: [Double]) {
        let above = open.indices.map { place in zip(unit(open.count), unit(place)).map { $0 - $1 } }
        return (rows + above, bounds + minima)
    }

    func highestLevel() -> Double {
        let (rows, bounds) = leveled()
        return maximise(unit(open.count), rows: rows, bounds: bounds)[open.count]
    }

    /// The most that `box` can get while every open box has at least `level`.
    func highest(_ box: Int, level: Double) -> Double {
        guard let place = open.firstIndex(of: box) else { return 0 }
        // Every box starts at the level, or at its minimum if that is higher.
        let start = minima.map { max(0, level - $0 - 1e-6) }
        let rest = zip(rows, bounds).map { row, bound in bound - zip(row, start).reduce(0) { $0 + $1.0 * $1.1 } }
        let found = maximise(unit(place), rows: rows, bounds: rest)
        return minima[place] + start[place] + found[place]
    }
}
