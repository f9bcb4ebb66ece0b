import DeviceProfiles
import DriverAPI

/// Finds registers that make derived members and booleans come out as wanted.
///
/// A state that the profile puts together from several registers has no register of its own. So every point with few
/// values that the expressions mention is tried in all its values, and of the combinations that meet the most targets
/// (the first targets count more) the one with the fewest changes is taken, then the earliest in the order of the file.
struct MemberSearch {
    /// Combinations tried at most; profiles have a few dozen.
    private static let limit = 20_000

    /// What the points should come out as, the most important first.
    let targets: [(point: String, value: Value)]

    /// The registers; nil when they are right already or nothing can be changed.
    func image(in scope: ImageScope) -> RegisterImage? {
        let wanted = targets.filter { scope.map.point($0.point)?.definition.isDerived ?? false }
        let start = score(wanted, in: scope)
        guard !wanted.isEmpty, start != fullScore(wanted) else { return nil }
        let inputs = inputs(of: wanted.map(\.point), in: scope)
        guard !inputs.isEmpty else { return nil }
        let count = inputs.reduce(1) { min(MemberSearch.limit + 1, $0 * ($1.values.count + 1)) }
        guard count <= MemberSearch.limit else { return nil }
        var best: (score: Int, changes: Int, image: RegisterImage)?
        visit(inputs[...], changes: 0, in: scope) { changes, trial in
            let score = score(wanted, in: trial)
            if score <= best?.score ?? start, score != best?.score || changes >= best?.changes ?? 0 { return }
            best = (score, changes, trial.image)
        }
        return best?.image
    }

    /// Goes through all combinations; every point stays first, then takes its values in the order of the file.
    private func visit(
        _ inputs: ArraySlice<ImagePoint>, changes: Int, in scope: ImageScope, _ body: (Int, ImageScope) -> Void
    ) {
        guard let point = inputs.first, let place = point.place else { return body(changes, scope) }
        visit(inputs.dropFirst(), changes: changes, in: scope, body)
        let present = scope.decoded(point.definition.name)?.value
        for value in point.values where value != present {
            guard let write = point.words(for: value, in: scope) else { continue }
            var trial = scope
            trial.image.set(write.words, in: place.table, at: place.address, masks: write.masks)
            visit(inputs.dropFirst(), changes: changes + 1, in: trial, body)
        }
    }

    /// One binary digit per target, the first target on top.
    private func score(_ targets: [(point: String, value: Value)], in scope: ImageScope) -> Int {
        targets.reduce(0) { $0 * 2 + (scope.decoded($1.point)?.value == $1.value ? 1 : 0) }
    }

    private func fullScore(_ targets: [(point: String, value: Value)]) -> Int { (1 << targets.count) - 1 }

    /// The points with registers and few values that the targets are calculated from, in the order of their use.
    private func inputs(of names: [String], in scope: ImageScope) -> [ImagePoint] {
        var found: [ImagePoint] = []
        var waiting = names
        var seen: Set<String> = []
        while !waiting.isEmpty {
            let name = waiting.removeFirst()
            guard seen.insert(name).inserted, let point = scope.map.point(name) else { continue }
            switch point.definition.origin {
            case .registers: if !point.values.isEmpty, scope.has(point) { found.append(point) }
            case .expression(let expression): waiting += expression.points
            case .cases(let cases): waiting += cases.flatMap { $0.when?.points ?? [] }
            case .writeOnly: break
            }
        }
        return found
    }
}
