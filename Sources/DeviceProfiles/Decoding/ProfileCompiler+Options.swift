import DriverAPI
import YAML

extension ProfileCompiler {
    func decodeOptions() {
        for (key, node) in root[text: "options"]?.mapping ?? [] {
            guard let name = key.text else { continue }
            guard let option = decodeOption(name, node) else {
                head.optionTypes[name] = .unknown
                continue
            }
            head.options.append(option)
            head.optionTypes[name] = ExpressionType(option)
        }
    }

    private func decodeOption(_ name: String, _ node: Node) -> OptionDefinition? {
        guard let kind = node[text: "type"]?.text.flatMap(OptionDefinition.Kind.init(rawValue:)) else { return nil }
        let subject = "option \(name)"
        var option = OptionDefinition(
            name: name, kind: kind, title: node[text: "title"].flatMap(localized),
            help: node[text: "help"].flatMap(localized), advanced: node[text: "advanced"]?.boolean ?? false)
        decodeChoices(node, into: &option, subject)
        if let range = node[text: "range"] { option.range = optionRange(range, kind, subject) }
        if let place = node[text: "default"], let text = place.text {
            do {
                option.defaultValue = try ValueText.answer(text, to: option)
            } catch {
                report(error, at: place.mark, else: .wrongKind, subject)
            }
        }
        return option
    }

    private func decodeChoices(_ node: Node, into option: inout OptionDefinition, _ subject: String) {
        let choices = node[text: "choices"]
        if option.kind == .choice, choices?.mapping?.isEmpty ?? true {
            report(.wrongKind, at: choices?.mark ?? node.mark, "a choice needs `choices`", subject)
        } else if option.kind != .choice, let key = node.key("choices") {
            report(.wrongKind, at: key.mark, "`choices` belongs to options of type choice", subject)
        }
        option.choices = (choices?.mapping ?? []).map { ($0.text ?? "", localized($1) ?? LocalizedText("")) }
    }

    private func optionRange(_ node: Node, _ kind: OptionDefinition.Kind, _ subject: String) -> ClosedRange<Exact>? {
        guard let unit = kind.unit else {
            report(.wrongKind, at: node.mark, "a range belongs to numbers and quantities", subject)
            return nil
        }
        if let text = node.text {
            do {
                return try ValueText.quantities(text, in: unit.dimension)
            } catch {
                report(error, at: node.mark, else: .wrongKind, subject)
                return nil
            }
        }
        guard let texts = node.texts, texts.count == 2, let items = node.sequence else { return nil }
        var ends: [Exact] = []
        for (text, item) in zip(texts, items) {
            do {
                ends.append(try ValueText.canonical(text, in: unit.dimension))
            } catch {
                report(error, at: item.mark, else: .wrongKind, subject)
            }
        }
        guard ends.count == 2 else { return nil }
        guard ends[0] <= ends[1] else {
            report(.wrongKind, at: node.mark, "the range is empty: its lower end is above its upper end", subject)
            return nil
        }
        return ends[0]...ends[1]
    }
}
