import DriverAPI
import YAML

extension ProfileCompiler {
    /// The device's watchdog; nil without the section.
    func decodeKeepAlive() -> KeepAlive? {
        let subject = "keepalive"
        guard let node = root[text: "keepalive"], let by = node[text: "satisfied_by"],
            let satisfiedBy = by.text.flatMap(KeepAlive.SatisfiedBy.init(rawValue:))
        else { return nil }
        var section = KeepAlive(satisfiedBy: satisfiedBy)
        section.token = node[text: "token"].flatMap { decodeToken($0, subject) }
        section.deadline = decodeDeadline(node, satisfiedBy, subject)
        if let place = node[text: "share"], let share = place.number {
            if share > .zero, share < 1 {
                section.share = share
            } else {
                report(.wrongKind, at: place.mark, "a share lies between 0 and 1", subject)
            }
        }
        if let then = node[text: "device_then"] { section.deviceThen = decodeThen(then, subject) }
        section.settings = decodeSettings(node, subject)
        checkKeepAliveWrites(section, node, by, subject)
        return section
    }

    private func decodeToken(_ node: Node, _ subject: String) -> KeepAlive.Token? {
        guard let place = node[text: "point"], let point = writablePoint(place, subject) else { return nil }
        var token = KeepAlive.Token(point: point.name)
        guard let value = node[text: "value"] else { return token }
        if let count = value[text: "count"]?.sequence {
            let ends = count.compactMap(\.int)
            guard ends.count == 2, ends.count == count.count, ends[0] <= ends[1] else {
                report(.wrongKind, at: value.mark, "a count has a first and a last number", subject)
                return token
            }
            token.value = .count(ends[0]...ends[1])
            return token
        }
        switch value.text {
        case "same": token.value = .same
        case "toggle": token.value = .toggle
        default:
            switch writeValue(value, of: point.value.kind, in: NameScope(compiler: self, allowsPoints: false), subject)
            {
            case .value(let literal): token.value = .value(literal)
            case .raw(let raw): token.value = .raw(raw)
            case .expression: report(.wrongKind, at: value.mark, "a token's value is a literal", subject)
            case nil: break
            }
        }
        return token
    }

    private func decodeDeadline(
        _ node: Node, _ satisfiedBy: KeepAlive.SatisfiedBy, _ subject: String
    ) -> KeepAlive.Deadline? {
        guard let place = node[text: "deadline"] else {
            if satisfiedBy != .none {
                report(.wrongKind, at: node.mark, "key \"deadline\" is missing: how long the device waits", subject)
            }
            return nil
        }
        if place.mapping != nil {
            guard let from = place[text: "from"], let name = pointName(from, subject),
                let assume = place[text: "assume"]?.duration
            else { return nil }
            checkTime(name, from, subject)
            return .point(name, zeroMeansNever: place[text: "zero_means"]?.text == "never", assume: assume)
        }
        guard let text = place.text else { return nil }
        do {
            let duration = try ValueText.duration(text)
            if duration == .zero { report(.wrongKind, at: place.mark, "a deadline is above 0", subject) }
            return .fixed(duration)
        } catch {
            if text.looksLikeLiteral {
                report(error, at: place.mark, else: .wrongKind, subject)
                return nil
            }
        }
        return expression(place, yielding: .number(.time), in: NameScope(compiler: self), subject)
            .map(KeepAlive.Deadline.expression)
    }

    private func checkTime(_ name: String, _ node: Node, _ subject: String) {
        guard let type = type(ofPoint: name), type != .unknown, type != .number(.time) else { return }
        report(.semantics, at: node.mark, "\(name) must be a time, this is \(type)", subject)
    }

    private func decodeThen(_ node: Node, _ subject: String) -> KeepAlive.Then {
        switch node.text {
        case "stops": return .stops
        case "keeps": return .keeps
        default: break
        }
        guard let place = node[text: "limits_to"] else { return .unknown }
        if let quantity = place.quantity {
            guard [.current, .power].contains(quantity.unit.dimension), let limit = quantity.canonical else {
                report(.unit, at: place.mark, "\(quantity.unit.rawValue) is no current or power", subject)
                return .unknown
            }
            return .limitsTo(limit)
        }
        guard let name = pointName(place, subject) else { return .unknown }
        if let type = type(ofPoint: name), ![.unknown, .number(.current), .number(.power)].contains(type) {
            report(.semantics, at: place.mark, "\(name) must be a current or power, this is \(type)", subject)
        }
        return .limitsToPoint(name)
    }

    private func decodeSettings(_ node: Node, _ subject: String) -> [String] {
        guard let items = node[text: "settings"]?.sequence else {
            return ["failsafe_timeout", "failsafe_current"].filter { name in
                compiled(name)?.write != nil
            }
        }
        return items.compactMap { writablePoint($0, subject)?.name }
    }

    private func checkKeepAliveWrites(_ section: KeepAlive, _ node: Node, _ by: Node, _ subject: String) {
        var written: (name: String, mark: Mark)?
        switch section.satisfiedBy {
        case .token, .anyWrite:
            let place = node[text: "token"]?[text: "point"]
            if let token = section.token {
                written = (token.point, place?.mark ?? by.mark)
            } else if node[text: "token"] == nil, section.satisfiedBy == .token {
                report(.wrongKind, at: node.mark, "key \"token\" is missing: what is written", subject)
            } else if node[text: "token"] == nil {
                written = setPoint.map { ($0, by.mark) }
            }
        case .setPoint: written = setPoint.map { ($0, by.mark) }
        case .anyTransaction, .anyRead, .none: break
        }
        guard let written, let write = compiled(written.name)?.write, write.persist != .ram
        else { return }
        report(
            .wear, at: written.mark,
            "keepalive writes \(written.name) again and again, and it is not known to be kept in RAM only", subject)
    }

    /// What is written after each connect; values and conditions use options and facts.
    func decodeInit() -> [InitWrite] {
        let scope = NameScope(compiler: self, allowsPoints: false)
        return (root[text: "init"]?.sequence ?? []).compactMap { node in
            guard let write = node[text: "write"], let (point, value) = decodeSingleWrite(write, scope, "init") else {
                return nil
            }
            if point.origin == .writeOnly, point.write?.persist == .flash {
                report(
                    .wear, at: write.mark,
                    "\(point.name) is kept in flash and can not be read, so each connect would wear it", "init")
            }
            let when = condition(node[text: "when"], in: scope, "init")
            if node[text: "when"] != nil, when == nil { return nil }
            return InitWrite(
                point: point.name, value: value, when: when, needed: node[text: "needed"]?.boolean ?? true,
                mark: node.mark)
        }
    }
}
