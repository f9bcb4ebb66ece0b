import DeviceProfiles
import DriverAPI
import Testing
import YAML

/// The names of a wallbox with a little of everything.
struct SampleContext: ExpressionContext {
    static let canonicalPhases = ["1", "2", "3", "auto"]

    var types: [Expression.Reference: ExpressionType] = [
        .point("state"): .member(["A", "B", "C", "D", "E", "F"]),
        .point("x_status"): .member(["starting", "not-ready", "ready", "3p"]),
        .point("phases_set"): .member(canonicalPhases),
        .point("phases_active"): .number(.number),
        .point("power"): .number(.power),
        .point("x_limit"): .number(.power),
        .point("current_limit"): .number(.current),
        .point("voltage.l1"): .number(.voltage),
        .point("voltage.l2"): .number(.voltage),
        .point("voltage.l3"): .number(.voltage),
        .point("current.l1"): .number(.current),
        .point("current.l2"): .number(.current),
        .point("current.l3"): .number(.current),
        .point("energy_total"): .number(.energy),
        .point("session_time"): .number(.time),
        .point("x_has_meter"): .bool,
        .point("charging_allowed"): .bool,
        .point("x_errors"): .flags(["residual-current", "contactor", "temperature"]),
        .point("x_broken"): .unknown,
        .option("rated_current"): .number(.current),
        .option("swap"): .member(["none", "words"]),
        .option("phase_contactor"): .bool,
        .fact("product"): .number(.number),
        .fact("firmware"): .version,
        .fact("model"): .text,
    ]

    func type(of reference: Expression.Reference) -> ExpressionType? { types[reference] }

    func lanes(of name: String) -> [String] {
        ["l1", "l2", "l3"].map { "\(name).\($0)" }.filter { types[.point($0)] != nil }
    }

    var names: [String] { types.keys.map(\.name) }

    /// With the value of an absent_when.
    func with(_ reference: Expression.Reference, _ type: ExpressionType) -> SampleContext {
        var copy = self
        copy.types[reference] = type
        return copy
    }
}

/// Values by name; what is not there is missing.
struct SampleScope: ExpressionScope {
    var values: [Expression.Reference: Evaluated] = [:]

    func evaluated(_ reference: Expression.Reference) -> Evaluated {
        values[reference] ?? Evaluated(value: nil, quality: .missing)
    }

    init(_ values: [String: Value] = [:]) {
        for (name, value) in values { self.values[.init(name: name)] = Evaluated(value: value) }
    }

    /// One more name, with everything said.
    func with(
        _ name: String, _ value: Value?, _ quality: Quality = .good, at seconds: Double? = nil
    ) -> SampleScope {
        var copy = self
        copy.values[.init(name: name)] = Evaluated(
            value: value, quality: quality, time: seconds.map(MonotonicTime.init(seconds:)))
        return copy
    }
}

/// The expression of a text; the test fails when it does not parse.
func parsed(_ text: String, _ context: SampleContext = .init()) throws -> Expression {
    try ExpressionParser.parse(text, at: Mark(line: 1, column: 1), context: context).get().0
}

/// The type of an expression.
func type(of text: String, _ context: SampleContext = .init()) throws -> ExpressionType {
    try ExpressionParser.parse(text, at: Mark(line: 1, column: 1), context: context).get().1
}

/// What an expression comes to.
func evaluated(_ text: String, _ scope: SampleScope = .init(), _ context: SampleContext = .init()) throws -> Evaluated {
    try parsed(text, context).evaluate(in: scope)
}

/// The value an expression comes to.
func value(_ text: String, _ scope: SampleScope = .init(), _ context: SampleContext = .init()) throws -> Value? {
    try evaluated(text, scope, context).value
}

extension Result where Success == (Expression, ExpressionType), Failure == ExpressionProblem {
    func get() throws -> (Expression, ExpressionType) {
        switch self {
        case .success(let success): return success
        case .failure(let problem): throw problem
        }
    }
}

/// A number written as text, such as `0.1` or `1/3`.
func exact(_ text: String) throws -> Exact { try #require(Exact(text: text)) }
