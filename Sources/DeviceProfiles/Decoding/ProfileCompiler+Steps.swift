import DriverAPI
import YAML

/// Where a sequence of steps stands, and what it may do.
struct StepContext {
    var scope: NameScope
    /// Points that a bare name may stand for.
    var naturals: Set<String> = []
    /// How messages name it.
    var subject: String
}

extension ProfileCompiler {
    private static let mostSteps = 20
    private static let longestWait = Duration.seconds(120)

    /// The steps of a list (P041).
    func decodeSteps(_ node: Node?, _ context: StepContext) -> [Step] {
        guard let node, let items = node.sequence else { return [] }
        if items.isEmpty { report(.sequence, at: node.mark, "the list of steps is empty", context.subject) }
        if items.count > Self.mostSteps {
            report(.sequence, at: items[Self.mostSteps].mark, "at most \(Self.mostSteps) steps", context.subject)
        }
        let steps = items.compactMap { decodeStep($0, context) }
        let wait = steps.reduce(Duration.zero) { $0 + $1.longestWait }
        if wait > Self.longestWait {
            report(
                .sequence, at: node.mark, "the waits are \(wait.inSeconds) s together, 120 s are the most",
                context.subject)
        }
        return steps
    }

    private func decodeStep(_ node: Node, _ context: StepContext) -> Step? {
        if node.scalar != nil { return naturalStep(node, context) }
        guard node.mapping != nil, hasOneAction(node, context.subject) else { return nil }
        let when = condition(node[text: "when"], in: context.scope, context.subject)
        if node[text: "when"] != nil, when == nil { return nil }
        if let write = node[text: "write"] {
            guard let (point, value) = decodeSingleWrite(write, context.scope, context.subject) else { return nil }
            checkWear(point.name, at: write.mapping?.first?.key.mark ?? write.mark, isStep: true, context.subject)
            return Step(.write(point.name, value), when: when, mark: node.mark)
        }
        if let wait = node[text: "wait"] {
            return wait.duration.map { Step(.wait($0), when: when, mark: node.mark) }
        }
        guard let until = condition(node[text: "wait_until"], in: context.scope, context.subject) else { return nil }
        guard let limit = node[text: "at_most"] else {
            report(.sequence, at: node.mark, "`wait_until` needs `at_most`", context.subject)
            return nil
        }
        guard let atMost = limit.duration else { return nil }
        let poll = node[text: "poll"]?.duration ?? .seconds(1)
        if poll == .zero, let place = node[text: "poll"] {
            report(.sequence, at: place.mark, "a poll of 0 would never let the bus rest", context.subject)
            return nil
        }
        let action = Step.Action.waitUntil(
            until, atMost: atMost, poll: poll, goesOn: node[text: "else"]?.text == "continue")
        return Step(action, when: when, mark: node.mark)
    }

    private func hasOneAction(_ node: Node, _ subject: String) -> Bool {
        let actions = ["write", "wait", "wait_until"].filter { node[text: $0] != nil }
        if actions.count > 1, let mark = node.key(actions[1])?.mark {
            report(.wrongKind, at: mark, "a step does one thing: `\(actions[0])` or `\(actions[1])`", subject)
        }
        if actions.first != "wait_until" {
            for key in ["at_most", "poll", "else"] {
                guard let mark = node.key(key)?.mark else { continue }
                report(.unknownKey, at: mark, "`\(key)` belongs to `wait_until`", subject)
            }
        }
        return actions.count == 1
    }

    private func naturalStep(_ node: Node, _ context: StepContext) -> Step? {
        guard let point = writablePoint(node, context.subject) else { return nil }
        guard context.naturals.contains(point.name) else {
            report(
                .sequence, at: node.mark,
                "\(point.name) has no natural value here: write {write: {\(point.name): VALUE}}", context.subject)
            return nil
        }
        checkWear(point.name, at: node.mark, isStep: false, context.subject)
        return Step(.natural(point.name), mark: node.mark)
    }

    /// `{POINT: VALUE}` of a step or of init.
    func decodeSingleWrite(
        _ node: Node, _ scope: NameScope, _ subject: String
    ) -> (point: PointDefinition, value: WriteValue)? {
        guard let pairs = node.mapping, let (key, text) = pairs.first else {
            if node.mapping != nil { report(.sequence, at: node.mark, "nothing is written", subject) }
            return nil
        }
        if pairs.count > 1 {
            report(.sequence, at: pairs[1].key.mark, "a step writes one point", subject)
        }
        guard let point = writablePoint(key, subject),
            let value = writeValue(text, of: point.value.kind, in: scope, subject)
        else { return nil }
        checkEncodes(value, point, at: text.mark, isBounded: true, subject)
        return (point, value)
    }

    /// The point of a name, which must be writable.
    func writablePoint(_ node: Node, _ subject: String?) -> PointDefinition? {
        guard let name = pointName(node, subject) else { return nil }
        guard let point = compiled(name) else { return nil }
        if point.write != nil { return point }
        guard let place = sourceOfPoint[name], sources[place.source].node[text: "write"] == nil else { return nil }
        report(.writable, at: node.mark, "\(name) is not written: it has no `write`", subject)
        return nil
    }

    /// A literal that the point can not be told is found here and not on the bus (P030).
    func checkEncodes(_ value: WriteValue, _ point: PointDefinition, at mark: Mark, isBounded: Bool, _ subject: String?)
    {
        do {
            switch value {
            case .value(let value) where isBounded: _ = try point.encode(value)
            case .value(let value): _ = try point.encodeOff(value)
            case .raw(let raw): _ = try point.encodeRaw(raw)
            case .expression: break
            }
        } catch {
            switch error {
            case .rangeUnknown, .conversionUnknown: break
            default: report(.writable, at: mark, error.description, subject)
            }
        }
    }

    /// Control must not wear out memory (P031, P041).
    func checkWear(_ name: String, at mark: Mark, isStep: Bool, _ subject: String) {
        guard let place = sourceOfPoint[name], let write = compiled(name)?.write else { return }
        switch write.persist {
        case .ram: break
        case .flash:
            report(
                isStep ? .sequence : .wear, at: mark, "\(name) is kept in flash: control must not write it", subject)
        case .unknown:
            if sources[place.source].node[text: "write"]?[text: "budget"] != nil { break }
            report(
                .wear, at: mark, "where \(name) is kept is unknown: control may write it only with a `budget`", subject)
        }
    }
}

extension Step {
    /// How long it can take, the bus left out.
    fileprivate var longestWait: Duration {
        switch action {
        case .natural, .write: .zero
        case .wait(let wait): wait
        case .waitUntil(_, let atMost, _, _): atMost
        }
    }
}
