import DriverAPI
import YAML

extension TestDecoder {
    /// One command, or a list of them.
    func decodeCommands(_ node: Node?, _ subject: String) -> [Command] {
        guard let node else { return [] }
        return (node.sequence ?? [node]).flatMap { decodeCommand($0, subject) }
    }

    private func decodeCommand(_ node: Node, _ subject: String) -> [Command] {
        guard let pairs = node.mapping, let (key, value) = pairs.first else { return [] }
        if pairs.count > 1 {
            report(.wrongKind, at: pairs[1].key.mark, "one command at a time; several stand in a list", subject)
        }
        switch key.text {
        case "charge": return charge(value, key, subject)
        case "phases":
            need(control.phases != nil, "phases", key, subject)
            return value.text.flatMap(PhaseSelection.init(rawValue:)).map { [.phases($0)] } ?? []
        case "wake_up":
            need(control.wakeUp != nil, "wake_up", key, subject)
            return [.wakeUp]
        case "lock":
            need(control.lock != nil, "lock", key, subject)
            return value.boolean.map { [.lock($0)] } ?? []
        case "display":
            need(control.display != nil, "display", key, subject)
            return value.text.map { [.display($0)] } ?? []
        case "set": return (value.mapping ?? []).compactMap { setting($0, $1, subject) }
        default: return []
        }
    }

    private func need(_ isThere: Bool, _ block: String, _ key: Node, _ subject: String) {
        guard !isThere, compiler.root[text: "control"]?[text: block] == nil else { return }
        report(.expression, at: key.mark, "the profile has no control.\(block)", subject)
    }

    private func charge(_ node: Node, _ key: Node, _ subject: String) -> [Command] {
        need(control.charge != nil, "charge", key, subject)
        switch node.text {
        case "on": return [.charge(.on)]
        case "off": return [.charge(.off)]
        default: break
        }
        guard let quantity = node.quantity, let number = quantity.canonical else { return [] }
        switch quantity.unit.dimension {
        case .current: return [.charge(number > .zero ? .current(number) : .off)]
        case .power: return [.charge(number > .zero ? .power(number) : .off)]
        default:
            report(.unit, at: node.mark, "\(quantity.unit.rawValue) is no current or power", subject)
            return []
        }
    }

    private func setting(_ key: Node, _ value: Node, _ subject: String) -> Command? {
        guard let name = key.text, let text = value.text else { return nil }
        guard let point = points[name] else {
            if compiler.sourceOfPoint[name] == nil {
                let hint = closest(to: name, among: Array(points.keys)).map { ", did you mean \"\($0)\"?" } ?? ""
                report(.expression, at: key.mark, "there is no point \"\(name.shown)\"\(hint)", subject)
            }
            return nil
        }
        do {
            return .set(point: name, value: try ValueText.value(text, of: point.value.kind))
        } catch {
            report(error, at: value.mark, subject)
            return nil
        }
    }

    /// The entries of a scenario, in rising time.
    func decodeScenario(_ node: Node?, _ subject: String) -> [ScenarioEntry] {
        var entries: [ScenarioEntry] = []
        for node in node?.sequence ?? [] {
            guard let place = node[text: "at"], let at = place.duration else { continue }
            if let last = entries.last, at < last.at {
                report(.fixture, at: place.mark, "the entries stand in rising time", subject)
            }
            var entry = ScenarioEntry(at: at, mark: node.mark)
            entry.commands = decodeCommands(node[text: "command"], subject)
            entry.device = node[text: "device"]?.text.flatMap(ScenarioEntry.DeviceEvent.init(rawValue:))
            entry.host = node[text: "host"]?.text.flatMap(ScenarioEntry.HostEvent.init(rawValue:))
            entry.lasts = node[text: "for"]?.duration
            entry.registers = compiler.decodeImage(node[text: "registers"], subject)
            entry.exceptions = compiler.decodeExceptions(node[text: "exceptions"], subject)
            entry.torn = node[text: "torn"]?.boolean ?? false
            entry.expect = decodeExpected(node[text: "expect"], subject)
            entry.expectDevice = decodeExpected(node[text: "expect_device"], subject)
            entry.writes = node[text: "expect_writes"]?.texts
            entry.within = node[text: "within"]?.duration
            entries.append(entry)
        }
        return entries
    }
}
