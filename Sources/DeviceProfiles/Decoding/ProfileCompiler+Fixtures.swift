import DriverAPI
import ReadPlanning
import YAML

extension ProfileCompiler {
    /// The register images by name, each with what it extends already in it.
    func decodeFixtures() -> [String: Fixture] {
        let nodes = root[text: "fixtures"]?.mapping ?? []
        var own: [String: Fixture] = [:]
        for (key, node) in nodes { if let name = key.text { own[name] = decodeFixture(node, "fixture \(name)") } }
        var full: [String: Fixture] = [:]
        for (key, node) in nodes {
            guard let name = key.text, let fixture = complete(name, own, path: []) else { continue }
            full[name] = fixture
            checkExtension(node, own, "fixture \(name)")
            checkValues(fixture, key, "fixture \(name)")
        }
        return full
    }

    private func decodeFixture(_ node: Node, _ subject: String) -> Fixture {
        var fixture = Fixture(extends: node[text: "extends"]?.text, silent: node[text: "silent"]?.boolean ?? false)
        if let recorded = node[text: "origin"]?[text: "recorded"] {
            fixture.origin = .recorded(
                serialHash: recorded[text: "serial_hash"]?.text ?? "", firmware: recorded[text: "firmware"]?.text ?? "",
                date: recorded[text: "date"]?.text ?? "", tool: recorded[text: "tool"]?.text ?? "")
        }
        fixture.options = writtenOptions(node[text: "options"], subject)
        fixture.words = decodeImage(node, subject)
        fixture.exceptions = decodeExceptions(node[text: "exceptions"], subject)
        return fixture
    }

    /// Options as in the site file; checked against their definitions.
    func writtenOptions(_ node: Node?, _ subject: String) -> [String: String] {
        var written: [String: String] = [:]
        for (key, value) in node?.mapping ?? [] {
            guard let name = key.text, let text = value.text else { continue }
            written[name] = text
            guard let option = head.options.first(where: { $0.name == name }) else {
                if head.optionTypes[name] != nil { continue }
                let names = head.options.map(\.name)
                let hint = closest(to: name, among: names).map { ", did you mean \"\($0)\"?" } ?? ""
                report(.expression, at: key.mark, "there is no option \"\(name.shown)\"\(hint)", subject)
                continue
            }
            do {
                _ = try ValueText.answer(text, to: option)
            } catch {
                report(error, at: value.mark, else: .wrongKind, subject)
            }
        }
        return written
    }

    /// Words by table and wire address (P051).
    func decodeImage(_ node: Node?, _ subject: String) -> [RegisterTable: [Int: UInt16]] {
        var image: [RegisterTable: [Int: UInt16]] = [:]
        for table in RegisterTable.allCases {
            for (key, value) in node?[text: table.rawValue]?.mapping ?? [] {
                guard let span = wireSpan(key, table: table) else { continue }
                let words = decodeWords(value, table, subject)
                if span.count > 1, span.count != words.count {
                    report(.fixture, at: value.mark, "\(words.count) words for \(span.count) addresses", subject)
                }
                for (offset, word) in words.enumerated() {
                    let address = span.lowerBound + offset
                    guard address <= 65535 else {
                        report(.address, at: key.mark, "the words go beyond address 65535", subject)
                        break
                    }
                    if image[table, default: [:]].updateValue(word, forKey: address) != nil {
                        let printed = modbus.printed(address, table: table)
                        report(.fixture, at: key.mark, "\(table.rawValue) \(printed) is given twice", subject)
                    }
                }
            }
        }
        return image
    }

    private func decodeWords(_ node: Node, _ table: RegisterTable, _ subject: String) -> [UInt16] {
        guard let items = node.sequence else { return decodeTyped(node, table, subject) }
        return items.map { item in
            guard let number = item.integer else { return 0 }
            do throws(ValueProblem) {
                return table.isBits ? try RegisterWords.bit(number) : try RegisterWords.word(number)
            } catch {
                report(error, at: item.mark, else: .fixture, subject)
                return 0
            }
        }
    }

    private func decodeTyped(_ node: Node, _ table: RegisterTable, _ subject: String) -> [UInt16] {
        guard let pairs = node.mapping else { return [] }
        let helpers = pairs.filter { RawType(rawValue: $0.key.text ?? "") != nil }
        if helpers.count > 1 {
            report(.fixture, at: helpers[1].key.mark, "one helper at a time makes the words", subject)
        }
        if table.isBits {
            report(.fixture, at: node.mark, "table \(table.rawValue) has bits: give a list of 0 and 1", subject)
            return []
        }
        guard let (key, value) = helpers.first, let type = RawType(rawValue: key.text ?? "") else { return [] }
        let own = node[text: "order"]?.text.flatMap(WordOrder.init(rawValue:))
        let order = own ?? head.defaults.order ?? orders[type] ?? self.order
        do {
            if type.isText {
                return try RegisterWords.text(value.text ?? "", type, words: node[text: "words"]?.int, order: order)
            }
            let numbers = (value.sequence ?? []).compactMap(\.number)
            return try RegisterWords.numbers(numbers, type, order: order)
        } catch {
            report(error, at: value.mark, else: .fixture, subject)
            return []
        }
    }

    /// Exception codes by table and wire address.
    func decodeExceptions(_ node: Node?, _ subject: String) -> [RegisterTable: [Int: UInt8]] {
        var exceptions: [RegisterTable: [Int: UInt8]] = [:]
        for table in RegisterTable.allCases {
            for (key, value) in node?[text: table.rawValue]?.mapping ?? [] {
                guard let span = wireSpan(key, table: table), let code = value.int.flatMap({ UInt8(exactly: $0) })
                else { continue }
                for address in span where exceptions[table, default: [:]].updateValue(code, forKey: address) != nil {
                    let printed = modbus.printed(address, table: table)
                    report(.fixture, at: key.mark, "\(table.rawValue) \(printed) is given twice", subject)
                    break
                }
            }
        }
        return exceptions
    }

    private static let longestExtension = 8

    /// A fixture with what it extends; nil for one that extends itself or stands at the end of a long chain.
    private func complete(_ name: String, _ own: [String: Fixture], path: [String]) -> Fixture? {
        guard var fixture = own[name], !path.contains(name), path.count < Self.longestExtension else { return nil }
        guard let parent = fixture.extends, own[parent] != nil else { return fixture }
        guard let base = complete(parent, own, path: path + [name]) else { return nil }
        for (table, words) in base.words { fixture.words[table, default: [:]].merge(words) { own, _ in own } }
        for (table, codes) in base.exceptions { fixture.exceptions[table, default: [:]].merge(codes) { own, _ in own } }
        fixture.options.merge(base.options) { own, _ in own }
        return fixture
    }
}
