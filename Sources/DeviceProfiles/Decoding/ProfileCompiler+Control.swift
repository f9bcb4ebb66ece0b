import DriverAPI
import YAML

extension ProfileCompiler {
    /// The commands.
    func decodeControl() -> Control {
        guard let node = root[text: "control"] else { return Control() }
        var control = Control()
        control.charge = node[text: "charge"].flatMap(decodeCharge)
        control.phases = node[text: "phases"].flatMap(decodePhases)
        control.wakeUp = node[text: "wake_up"].flatMap(decodeWakeUp)
        control.lock = node[text: "lock"].flatMap { decodeSet($0, .bool, "control.lock") }
        control.display = node[text: "display"].flatMap { decodeSet($0, .text, "control.display") }
        return control
    }

    /// The set-point as the file names it, else current_limit, else power_limit.
    func nameOfSetPoint() -> String? {
        if let name = root[text: "control"]?[text: "charge"]?[text: "set"]?.text { return name }
        return ["current_limit", "power_limit"].first { sourceOfPoint[$0] != nil }
    }

    /// The type of the set-point, which `command` and `told` have.
    private var setPointType: ExpressionType {
        setPoint.flatMap { type(ofPoint: $0) } ?? .unknown
    }

    private func scope(command: ExpressionType?) -> NameScope {
        NameScope(compiler: self, command: command, told: setPointType)
    }

    private func decodePhases(_ node: Node) -> SequenceControl? {
        guard node.mapping != nil else { return nil }
        let subject = "control.phases"
        var block = SequenceControl()
        let scope = scope(command: .member(PhaseSelection.allCases.map(\.rawValue)))
        if node[text: "steps"] == nil {
            let name = node[text: "set"] ?? Node(mark: node.mark, content: .scalar(Scalar("phases_set")))
            guard let point = writablePoint(name, subject) else { return nil }
            checkWear(point.name, at: name.mark, isStep: false, subject)
            block.set = point.name
        } else if let set = node[text: "set"] {
            report(.wrongKind, at: set.mark, "`steps` stand instead of `set`", subject)
        }
        let naturals: Set<String> = ["phases_set"]
        let context = StepContext(scope: scope, naturals: naturals, subject: subject)
        block.steps = decodeSteps(node[text: "steps"], context)
        block.pause = node[text: "pause"]?.boolean ?? false
        decodeCommon(node, context, into: &block)
        return block
    }

    private func decodeWakeUp(_ node: Node) -> SequenceControl? {
        guard node.mapping != nil else { return nil }
        let context = StepContext(scope: scope(command: nil), subject: "control.wake_up")
        var block = SequenceControl(cooldown: .seconds(600))
        block.steps = decodeSteps(node[text: "steps"], context)
        if let cooldown = node[text: "cooldown"]?.duration { block.cooldown = cooldown }
        decodeCommon(node, context, into: &block)
        return block
    }

    private func decodeCommon(_ node: Node, _ context: StepContext, into block: inout SequenceControl) {
        let when = wordedCondition(node[text: "when"], in: context.scope, context.subject)
        block.when = when?.expression
        block.whenText = when?.text
        block.freezes = decodeNames(node[text: "freezes"], context.subject)
        block.finally = decodeSteps(node[text: "finally"], context)
    }

    /// Names of points; `name.*` stands for its lanes.
    func decodeNames(_ node: Node?, _ subject: String) -> [String] {
        (node?.sequence ?? []).flatMap { item -> [String] in
            if let text = item.text, text.hasSuffix(".*"), let names = lanes[String(text.dropLast(2))] { return names }
            return pointName(item, subject).map { [$0] } ?? []
        }
    }

    private func decodeSet(_ node: Node, _ kind: ValueRule.Kind, _ subject: String) -> String? {
        guard let place = node[text: "set"], let point = writablePoint(place, subject) else { return nil }
        checkWear(point.name, at: place.mark, isStep: false, subject)
        if point.value.kind != kind {
            report(
                .semantics, at: place.mark,
                "\(point.name) must be \(ExpressionType(kind)), this is \(ExpressionType(point.value.kind))", subject)
        }
        return point.name
    }

    private func decodeCharge(_ node: Node) -> ChargeControl? {
        let subject = "control.charge"
        guard node.mapping != nil, let name = setPoint else { return nil }
        let place = node[text: "set"] ?? Node(mark: node.mark, content: .scalar(Scalar(name)))
        guard let point = writablePoint(place, subject), let dimension = chargeDimension(point, place, subject) else {
            return nil
        }
        let scope = scope(command: .number(dimension))
        let context = StepContext(scope: scope, naturals: [name, "charging_allowed"], subject: subject)
        var block = ChargeControl(
            set: name, start: decodeSteps(node[text: "start"], context),
            limit: [Step(.natural(name), mark: place.mark)], stop: decodeSteps(node[text: "stop"], context))
        if let limit = node[text: "limit"] { block.limit = decodeSteps(limit, context) }
        checkWear(name, at: place.mark, isStep: false, subject)
        block.finally = decodeSteps(node[text: "finally"], context)
        block.when = wordedCondition(node[text: "when"], in: scope, subject)
        block.belowMinimum = node[text: "below_minimum"]?.text == "minimum" ? .minimum : .stop
        decodeOff(node, point, into: &block, subject)
        decodePower(node, dimension, into: &block, scope, subject)
        decodeMinimum(node, point, dimension, into: &block, scope, subject)
        decodeOnDisconnect(node, into: &block, subject)
        return block
    }

    /// A, W or % (P021); nil for anything else.
    private func chargeDimension(_ point: PointDefinition, _ node: Node, _ subject: String) -> Dimension? {
        if case .number(let unit) = point.value.kind, [.A, .W, .percent].contains(unit) { return unit.dimension }
        report(.semantics, at: node.mark, "the set-point \(point.name) must be in A, W or %", subject)
        return nil
    }
}
