import DriverAPI
import ReadPlanning
import YAML

extension ProfileCompiler {
    /// How the device is recognised, and the facts read once per connection.
    func decodeIdentify() {
        guard let node = root[text: "identify"], node.mapping != nil else { return }
        let accept = node[text: "accept"]?.int ?? 100
        let section = Identification(
            rules: (node[text: "match"]?.sequence ?? []).compactMap(decodeRule), accept: accept,
            askInstallerFrom: node[text: "ask_installer_from"]?.int ?? accept,
            facts: (node[text: "facts"]?.mapping ?? []).compactMap { decodeFact($0, $1) })
        head.identify = section
        if let place = node[text: "ask_installer_from"], section.askInstallerFrom > accept {
            report(.fingerprint, at: place.mark, "it is above `accept`, so nobody would ever be asked")
        }
        guard let place = node[text: "accept"], let rules = node[text: "match"]?.sequence else { return }
        if section.rules.count == rules.count, section.highestScore < accept {
            report(
                .fingerprint, at: place.mark,
                "the rules reach \(section.highestScore) at most, so \(accept) is never accepted")
        }
    }

    private func decodeFact(_ key: Node, _ node: Node) -> PointDefinition? {
        guard let name = key.text else { return nil }
        let subject = "fact \(name)"
        head.factTypes[name] = .unknown
        guard node.mapping != nil, let place = decodePlace(PlaceText(node), lane: 0, of: 1, subject) else { return nil }
        if let problem = problem(with: place.range, in: place.table) {
            report(.fingerprint, at: node.place(of: "at"), problem, subject)
        }
        var rule = ValueRule()
        rule.kind =
            if place.isSingleBit || place.type == .bool16 || place.type == .bit {
                .bool
            } else if place.split != nil {
                .version
            } else if place.type.isText || place.type == .datetime {
                .text
            } else {
                .number(.one)
            }
        head.factTypes[name] = ExpressionType(rule.kind)
        return PointDefinition(name: name, mark: key.mark, origin: .registers(place), value: rule, poll: .static)
    }

    private func decodeRule(_ node: Node) -> Identification.Rule? {
        guard let table = node[text: "read"]?.text.flatMap(RegisterTable.init(rawValue:)),
            let at = node[text: "at"], let printed = at.integer, let score = node[text: "score"]?.int
        else { return nil }
        let address: Int
        do {
            address = try head.notation.wire(printed, table: table).address
        } catch {
            report(.address, at: at.mark, error.description)
            return nil
        }
        guard let (test, count) = decodeTest(node, table, address) else { return nil }
        if let problem = problem(with: address..<address + count, in: table) {
            report(.fingerprint, at: at.mark, "an unsafe read: \(problem)")
        } else if count > maxRead(table) {
            report(.fingerprint, at: at.mark, "\(count) addresses are more than one request may read")
        }
        if let other = node[text: "is"], score >= 0 {
            report(.fingerprint, at: other.mark, "`is` belongs to rules with a negative score")
        }
        guard let first = UInt16(exactly: address), address + count <= 65536, let length = UInt16(exactly: count) else {
            report(.address, at: at.mark, "the read goes beyond address 65535")
            return nil
        }
        let request = ReadRequest(table, at: first, count: length, function: modbus.constraints.readFunction[table])
        return .init(request: request, test: test, score: score, isOther: node[text: "is"]?.text)
    }

    private func decodeTest(
        _ node: Node, _ table: RegisterTable, _ address: Int
    ) -> (test: Identification.Test, count: Int)? {
        let tests = ["text", "text_starts", "equals", "range", "answers"].filter { node[text: $0] != nil }
        if tests.count > 1, let mark = node.key(tests[1])?.mark {
            report(.wrongKind, at: mark, "a rule has one test: `\(tests[0])` or `\(tests[1])`")
        }
        switch tests.first {
        case "text", "text_starts": return textTest(node)
        case "equals", "range": return numberTest(node, table, address)
        case "answers":
            guard let answers = node[text: "answers"]?.boolean else { return nil }
            let count = node[text: "count"]?.int ?? 1
            return (.answers(answers, count: count), count)
        default: return wordsTest(node)
        }
    }

    private func wordsTest(_ node: Node) -> (test: Identification.Test, count: Int)? {
        guard let place = node[text: "words"] else { return nil }
        guard let items = place.sequence, !items.isEmpty else {
            report(.wrongKind, at: place.mark, "expected a list of words, such as [0x0070, _]")
            return nil
        }
        let words = items.map { $0.int.map { UInt16(truncatingIfNeeded: $0) } }
        return (.words(words), words.count)
    }

    private func textTest(_ node: Node) -> (test: Identification.Test, count: Int)? {
        guard let words = node[text: "words"]?.int else {
            report(.wrongKind, at: node.place(of: "words"), "a text needs `words`: how many registers it has")
            return nil
        }
        if let text = node[text: "text"]?.text { return (.text(text, words: words), words) }
        return node[text: "text_starts"]?.text.map { (.textStarts($0, words: words), words) }
    }

    private func numberTest(
        _ node: Node, _ table: RegisterTable, _ address: Int
    ) -> (test: Identification.Test, count: Int)? {
        var text = PlaceText(node)
        text.table = node[text: "read"]
        text.words = nil
        guard let place = decodePlace(text, lane: 0, of: 1, "identify") else { return nil }
        guard place.type.isInteger || place.type.isFloat else {
            report(.wrongKind, at: node.place(of: "type"), "a number is not of type \(place.type.rawValue)")
            return nil
        }
        if let number = node[text: "equals"]?.number { return (.equals(number, place), place.words) }
        guard let range = node[text: "range"], let ends = range.sequence?.map(\.number) else { return nil }
        guard ends.count == 2, let low = ends[0], let high = ends[1], low <= high else {
            report(.wrongKind, at: range.mark, "a range has a lowest and a highest number")
            return nil
        }
        return (.range(low...high, place), place.words)
    }
}

extension Identification {
    /// The score that a device can reach: of tests for different words at one place only one can hold.
    var highestScore: Int {
        var best: [ReadRequest: Int] = [:]
        var sum = 0
        for rule in rules where rule.score > 0 {
            switch rule.test {
            case .words, .text, .equals:
                let before = best[rule.request] ?? 0
                best[rule.request] = max(before, rule.score)
            case .textStarts, .range, .answers: sum += rule.score
            }
        }
        return min(100, best.values.reduce(sum, +))
    }
}
