import DriverAPI
import ReadPlanning
import YAML

extension ProfileCompiler {
    func decodeModbus() {
        guard let node = root[text: "modbus"] else { return }
        switch node[text: "addressing"]?[text: "base"]?.text {
        case "1": modbus.addressing = .one
        case "modicon": modbus.addressing = .modicon
        default: modbus.addressing = .zero
        }
        head.notation = AddressNotation(addressing: modbus.addressing)
        decodeOrder(node[text: "order"])
        modbus.constraints.maxRead = counts(node[text: "max_read"], most: \.standardMaxRead)
        modbus.maxWrite = counts(node[text: "max_write"], most: \.standardMaxWrite)
        for table in [RegisterTable.holding, .input] {
            guard let code = node[text: "read_fc"]?[text: table.rawValue]?.int else { continue }
            modbus.constraints.readFunction[table] = UInt8(exactly: code)
        }
        modbus.constraints.readable = spans(node[text: "readable"])
        modbus.constraints.forbidden = spans(node[text: "forbidden"])
        modbus.constraints.whole = spans(node[text: "whole"])
        checkWhole(node)
        modbus.constraints.bridging = node[text: "bridging"]?.text != "never"
        modbus.constraints.merging = node[text: "merge"]?.text != "never"
        modbus.wholePoints = node[text: "whole_points"]?.boolean ?? true
    }

    private func decodeOrder(_ node: Node?) {
        if let word = node?.text { order = WordOrder(rawValue: word) ?? .big }
        for (key, value) in node?.mapping ?? [] {
            guard let type = key.text.flatMap(RawType.init(rawValue:)) else {
                let hint = closest(to: key.text ?? "", among: KeyTable.types).map { ", did you mean \"\($0)\"?" } ?? ""
                report(.unknownKey, at: key.mark, "\"\((key.text ?? "").shown)\" is not a type\(hint)")
                continue
            }
            orders[type] = value.text.flatMap(WordOrder.init(rawValue:))
        }
    }

    private func counts(_ node: Node?, most: (RegisterTable) -> Int) -> [RegisterTable: Int] {
        guard let node else { return [:] }
        var counts: [RegisterTable: Int] = [:]
        for table in RegisterTable.allCases {
            let isForAll = node.scalar != nil
            guard let place = isForAll ? node : node[text: table.rawValue], let count = place.int else { continue }
            if isForAll, table.isBits { continue }
            if count > most(table) {
                report(.wrongKind, at: place.mark, "\(count) is more than the \(most(table)) that Modbus allows")
            } else {
                counts[table] = count
            }
        }
        return counts
    }

    private func spans(_ node: Node?) -> [RegisterTable: [ClosedRange<Int>]] {
        guard let node else { return [:] }
        var spans: [RegisterTable: [ClosedRange<Int>]] = [:]
        for table in RegisterTable.allCases {
            guard let items = node[text: table.rawValue]?.sequence else { continue }
            var found: [(span: ClosedRange<Int>, mark: Mark)] = []
            for item in items { if let span = wireSpan(item, table: table) { found.append((span, item.mark)) } }
            found.sort { $0.span.lowerBound < $1.span.lowerBound }
            for (one, next) in zip(found, found.dropFirst()) where one.span.upperBound >= next.span.lowerBound {
                report(.address, at: max(one.mark, next.mark), "these addresses stand twice in the list")
            }
            // With a span missing every point in it would be reported as well.
            if found.count == items.count { spans[table] = found.map(\.span) }
        }
        return spans
    }

    /// A span of the file as wire addresses; nil where it is wrong, which is reported.
    func wireSpan(_ node: Node, table: RegisterTable) -> ClosedRange<Int>? {
        guard let span = node.span else { return nil }
        do {
            let first = try head.notation.wire(span.lowerBound, table: table).address
            let last = try head.notation.wire(span.upperBound, table: table).address
            return first <= last ? first...last : nil
        } catch {
            report(.address, at: node.mark, error.description)
            return nil
        }
    }

    /// An island that answers only when read exactly must be readable and fit one request.
    private func checkWhole(_ node: Node) {
        for (table, islands) in modbus.constraints.whole.sorted(by: { $0.key.rawValue < $1.key.rawValue }) {
            let nodes = node[text: "whole"]?[text: table.rawValue]?.sequence ?? []
            for island in islands {
                guard let place = nodes.first(where: { wireSpan($0, table: table) == island }) else { continue }
                if island.count > maxRead(table) {
                    report(
                        .split, at: place.mark, "\(island.count) addresses do not fit one request of \(maxRead(table))")
                }
                if let readable = modbus.constraints.readable[table],
                    !readable.contains(where: {
                        $0.lowerBound <= island.lowerBound && island.upperBound <= $0.upperBound
                    })
                {
                    report(.place, at: place.mark, "the island is not inside one of `readable`")
                }
            }
        }
    }

    func maxRead(_ table: RegisterTable) -> Int { modbus.constraints.maxRead[table] ?? table.standardMaxRead }
    func maxWrite(_ table: RegisterTable) -> Int { modbus.maxWrite[table] ?? table.standardMaxWrite }

    func decodeDefaults() {
        guard let node = root[text: "defaults"] else { return }
        head.defaults.table = node[text: "table"]?.text.flatMap(RegisterTable.init(rawValue:))
        head.defaults.type = node[text: "type"]?.text.flatMap(RawType.init(rawValue:))
        head.defaults.order = node[text: "order"]?.text.flatMap(WordOrder.init(rawValue:))
        if let poll = node[text: "poll"] { head.defaults.poll = PollClass(text: poll.text ?? "") ?? .normal }
    }
}

extension PollClass {
    /// A poll class as the file names it; nil for other words.
    init?(text: String) {
        switch text {
        case "fast": self = .fast
        case "normal": self = .normal
        case "slow": self = .slow
        case "static": self = .static
        case "on-demand": self = .onDemand
        default:
            guard text.hasPrefix("on-change ") else { return nil }
            self = .onChange(String(text.dropFirst("on-change ".count)))
        }
    }
}
