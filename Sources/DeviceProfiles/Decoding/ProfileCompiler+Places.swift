import DriverAPI
import ReadPlanning
import YAML

extension ProfileCompiler {
    /// A read or write place of one lane; nil where it is wrong, which is reported.
    func decodePlace(_ text: PlaceText, lane: Int, of lanes: Int, _ subject: String) -> ReadPlace? {
        guard let (table, first) = address(text, lane: lane, of: lanes, subject) else { return nil }
        guard let type = type(of: text, in: table, subject), let words = words(of: text, type, subject) else {
            return nil
        }
        var place = ReadPlace(
            table: table, address: first, type: type, words: words, order: order(of: text, type, subject))
        if text.at?.sequence == nil { place.address += lane * (text.stride?.int ?? words) }
        guard place.address >= 0, place.address + words <= 65536 else {
            let last = place.address + words - 1
            let mark = text.at?.mark ?? text.mark
            report(
                .address, at: mark, "the registers \(place.address)..\(last) on the wire are outside 0..65535", subject)
            return nil
        }
        guard decodeField(text, into: &place, subject), decodeByte(text, into: &place, subject),
            decodeSplit(text, into: &place, subject)
        else { return nil }
        return place
    }

    /// The table and the wire address of a lane, `stride` still left out.
    func address(
        _ text: PlaceText, lane: Int, of lanes: Int, _ subject: String
    ) -> (table: RegisterTable, address: Int)? {
        guard let at = text.at else { return nil }
        var node = at
        if let list = at.sequence {
            guard list.count == lanes, list.indices.contains(lane) else {
                let needs =
                    lanes == 1 ? "a list of addresses needs `lanes`" : "\(list.count) addresses for \(lanes) lanes"
                report(.lanes, at: at.mark, needs, subject)
                return nil
            }
            node = list[lane]
        }
        guard let printed = node.integer else { return nil }
        let named = text.table?.text.flatMap(RegisterTable.init(rawValue:))
        let isModicon = head.notation.addressing == .modicon
        let assumed = isModicon && head.defaults.table != .coil ? nil : head.defaults.table ?? .holding
        do {
            let (table, address) = try head.notation.wire(printed, table: named ?? assumed)
            return (table ?? named ?? .holding, address)
        } catch {
            report(.address, at: node.mark, error.description, subject)
            return nil
        }
    }

    /// The type of a place in `table`; nil where the two do not fit, which is reported.
    func type(of text: PlaceText, in table: RegisterTable, _ subject: String) -> RawType? {
        guard let node = text.type else { return table.isBits ? .bit : head.defaults.type ?? .u16 }
        guard let type = node.text.flatMap(RawType.init(rawValue:)) else { return nil }
        guard table.isBits == (type == .bit) else {
            let message =
                table.isBits
                ? "table \(table.rawValue) has the type bit only" : "type bit belongs to the tables coil and discrete"
            report(.wrongKind, at: node.mark, message, subject)
            return nil
        }
        return type
    }

    private func words(of text: PlaceText, _ type: RawType, _ subject: String) -> Int? {
        guard let fixed = type.fixedWords else {
            if let words = text.words?.int { return words }
            if text.words == nil {
                report(.wrongKind, at: text.mark, "type \(type.rawValue) needs `words`", subject)
            }
            return nil
        }
        if let node = text.words, let words = node.int, words != fixed {
            report(.wrongKind, at: node.mark, "type \(type.rawValue) has \(fixed) words, not \(words)", subject)
        }
        return fixed
    }

    private func order(of text: PlaceText, _ type: RawType, _ subject: String) -> WordOrder {
        let own = text.order?.text.flatMap(WordOrder.init(rawValue:))
        let order = own ?? head.defaults.order ?? orders[type] ?? self.order
        guard type.isText else { return order }
        if let own, own == .wordSwapped || own == .little, let node = text.order {
            report(.wrongKind, at: node.mark, "text knows the orders big and byte-swapped", subject)
        }
        return order == .byteSwapped || order == .little ? .byteSwapped : .big
    }

    private func decodeField(_ text: PlaceText, into place: inout ReadPlace, _ subject: String) -> Bool {
        guard let node = text.bit ?? text.bits else { return true }
        guard let span = node.span, let first = Int(exactly: span.lowerBound), let last = Int(exactly: span.upperBound)
        else { return false }
        let width = place.type == .u8 || place.type == .s8 ? 8 : 16 * place.words
        guard place.type.isInteger, ![.bool16, .bit, .datetime].contains(place.type) else {
            report(.rawRange, at: node.mark, "type \(place.type.rawValue) has no bits to take a field from", subject)
            return false
        }
        guard first >= 0, last < min(width, 64) else {
            report(
                .rawRange, at: node.mark,
                "bit \(first < 0 ? first : last) is outside type \(place.type.rawValue), which has 0..\(width - 1)",
                subject)
            return false
        }
        place.bits = first...last
        place.isSingleBit = text.bit != nil
        return true
    }

    private func decodeByte(_ text: PlaceText, into place: inout ReadPlace, _ subject: String) -> Bool {
        let isByte = place.type == .u8 || place.type == .s8
        if isByte, text.byte == nil {
            report(.wrongKind, at: text.mark, "type \(place.type.rawValue) needs `byte: hi` or `byte: lo`", subject)
            return false
        }
        guard let node = text.byte else { return true }
        guard isByte || place.type == .ascii else {
            report(.wrongKind, at: node.mark, "`byte` belongs to the types u8, s8 and ascii", subject)
            return false
        }
        place.byte = node.text.flatMap(ReadPlace.Byte.init(rawValue:))
        return place.byte != nil
    }
}
