import DeviceProfiles
import DriverAPI

/// One point, prepared for being read often.
final class BoardPoint: Sendable {
    /// Turns its words into its value.
    let decoder: PointDecoder
    /// The unit of its number; nil for other kinds.
    let unit: Unit?
    /// The registers it is read from; nil for derived and write-only points.
    let place: ReadPlace?
    /// Positions of the points its value depends on.
    let inputs: [Int]
    /// Positions of the points its presence depends on.
    let presenceInputs: [Int]
    /// The position of the point with its power of ten.
    let scale: Int?
    /// The position of the point whose change makes it due.
    let trigger: Int?
    /// Whether equal words always mean an equal value.
    let isPure: Bool

    /// The target between two readings in nanoseconds; nil where there is none.
    let target: Int64?
    /// The age in nanoseconds from which it is stale: three targets, at least 5 s (profile language, poll and
    /// presence), and no less than a device with pauses takes to be read once; never reached by points without a target.
    let staleAfter: Int64

    /// Whether the description of the device depends on its value.
    let isDescriptive: Bool
    /// Whether nothing is read.
    let isWriteOnly: Bool

    /// The point, with what depends on options and facts alone already decided; kept once, since it is large.
    var definition: PointDefinition { decoder.point }
    /// Its name.
    var name: String { definition.name }

    /// Prepares `definition`; `index` gives positions by name.
    init(
        _ definition: PointDefinition, index: [String: Int], scope: some ExpressionScope, isDescriptive: Bool,
        slowestRound: Int64 = 0
    ) {
        var definition = definition
        if let invert = definition.value.invert, invert.points.isEmpty {
            definition.value.invert = .literal(.bool(invert.holds(in: scope)))
        }
        decoder = PointDecoder(definition)
        if case .number(let unit) = definition.value.kind { self.unit = unit } else { unit = nil }
        place = definition.place
        target = definition.place == nil ? nil : definition.poll.target?.wholeNanoseconds
        staleAfter = target.map { max($0 * 3, 5_000_000_000, slowestRound) } ?? .max
        self.isDescriptive = isDescriptive
        isWriteOnly = definition.origin == .writeOnly
        let value = definition.value
        scale = value.scaleFrom.flatMap { index[$0] }
        if case .onChange(let name) = definition.poll { trigger = index[name] } else { trigger = nil }
        var names: [String] = []
        switch definition.origin {
        case .expression(let expression): names = expression.points
        case .cases(let cases): names = cases.flatMap { $0.when?.points ?? [] }
        case .registers, .writeOnly: break
        }
        inputs = names.compactMap { index[$0] }
        if case .when(let expression) = definition.presence {
            presenceInputs = expression.points.compactMap { index[$0] }
        } else {
            presenceInputs = []
        }
        isPure =
            value.scaleFrom == nil && (value.invert?.points.isEmpty ?? true)
            && (value.absentWhen?.points.isEmpty ?? true)
    }
}
