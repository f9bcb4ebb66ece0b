import YAML

extension ProfileCompiler {
    /// How a version is taken apart; false where it is wrong, which is reported.
    func decodeSplit(_ text: PlaceText, into place: inout ReadPlace, _ subject: String) -> Bool {
        if let node = text.reading {
            guard place.type == .ascii else {
                report(.wrongKind, at: node.mark, "`as: version` belongs to type ascii", subject)
                return false
            }
            place.split = .text
        }
        guard place.type == .version else {
            guard let node = text.split ?? text.digits ?? text.bcd else { return true }
            report(.wrongKind, at: node.mark, "`split`, `digits` and `bcd` belong to type version", subject)
            return false
        }
        guard place.words <= 7 else {
            report(.wrongKind, at: text.mark, "a version has at most 7 words", subject)
            return false
        }
        if let node = text.digits { return decodeDigits(node, into: &place, subject) }
        guard let node = text.split, let parts = node.sequence?.map(\.int) else {
            if text.split == nil {
                report(
                    .wrongKind, at: text.mark, "type version needs `split: [bits, …]` or `digits: [digits, …]`", subject
                )
            }
            return false
        }
        let widths = parts.compactMap { $0 }
        let isBCD = text.bcd?.boolean ?? false
        guard widths.count == parts.count, !widths.isEmpty else { return false }
        guard widths.reduce(0, +) <= 16 * place.words else {
            report(
                .wrongKind, at: node.mark,
                "\(widths.reduce(0, +)) bits do not fit \(16 * place.words) bits of \(place.words) words",
                subject)
            return false
        }
        guard !isBCD || widths.allSatisfy({ $0 % 4 == 0 }) else {
            report(.wrongKind, at: node.mark, "a part in BCD has 4 bits a digit", subject)
            return false
        }
        place.split = .bits(widths, bcd: isBCD)
        return true
    }

    private func decodeDigits(_ node: Node, into place: inout ReadPlace, _ subject: String) -> Bool {
        let digits = (node.sequence ?? []).compactMap(\.int)
        guard !digits.isEmpty, digits.count == node.sequence?.count else { return false }
        guard digits.reduce(0, +) <= 38 else {
            report(.wrongKind, at: node.mark, "a number has at most 38 digits", subject)
            return false
        }
        place.split = .digits(digits)
        return true
    }
}
