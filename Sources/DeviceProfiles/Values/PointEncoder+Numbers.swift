import DriverAPI

extension PointEncoder {
    /// The write of a number: range, step, rounding, then the words.
    func encode(number: Exact, rounding: WriteRule.Rounding, isBounded: Bool) throws(WriteRefusal) -> EncodedWrite {
        let range = isBounded ? try self.range() : nil
        if let range, number < range.low || number > range.high {
            throw .outOfRange(point: point.name, value: number, low: range.low, high: range.high, unit: unit)
        }
        let sides: [WriteRule.Rounding] = rounding == .nearest ? [.nearest, .down, .up] : [rounding]
        for side in sides {
            guard let found = try candidate(number, side) else { continue }
            if let range, found.number < range.low || found.number > range.high { continue }
            return EncodedWrite(words: found.words, value: .number(found.number), masks: write.place.masks)
        }
        if range != nil, try candidate(number, rounding) != nil {
            throw .noStep(point: point.name, value: number, unit: unit)
        }
        throw .doesNotFit(point: point.name, value: .number(number))
    }

    /// The ends of `range`; nil when the point has none.
    func range() throws(WriteRefusal) -> (low: Exact, high: Exact)? {
        guard let range = write.range else { return nil }
        guard let low = number(range.low), let high = number(range.high) else {
            throw .rangeUnknown(point: point.name)
        }
        return (low, high)
    }

    /// The top of `range`; nil when the point has none.
    func top() throws(WriteRefusal) -> Exact? {
        guard let range = write.range else { return nil }
        guard let high = number(range.high) else { throw .rangeUnknown(point: point.name) }
        return high
    }

    private func number(_ bound: Bound) -> Exact? {
        switch bound {
        case .fixed(let number): number
        case .expression(let expression): Expression.numeric(expression.evaluate(in: scope).value)
        }
    }

    private var unit: Unit { if case .number(let unit) = point.value.kind { unit } else { .one } }

    /// The nearest thing the device can be told on one side of `number`; nil when it does not fit.
    private func candidate(
        _ number: Exact, _ side: WriteRule.Rounding
    ) throws(WriteRefusal) -> (words: [UInt16], number: Exact)? {
        guard let stepped = write.step.map({ number.rounded(to: $0, side) }) ?? number else { return nil }
        guard case .number(let turned)? = try inverted(.number(stepped)) else {
            throw .conversionUnknown(point: point.name)
        }
        guard let scaling = Scaling(scale: write.scale, offset: write.offset, unit: write.unit ?? point.value.unit),
            let exact = scaling.raw(of: turned)
        else { return nil }
        let power = try powerOfTen()
        guard let raw = exact.divided(by: power), let top = scaling.factor.multiplied(by: power) else { return nil }
        let isTurned = (turned != stepped) != (top < 0)
        let rawSide = isTurned ? side.opposite : side
        let value = write.place.type.isFloat ? raw : raw.rounded(to: 1, rawSide)
        guard let value, let words = write.place.words(for: .float(value), rounding: rawSide) else { return nil }
        guard case .number(let number)? = decoder.decode(words[...], in: scope).value else { return nil }
        return (words, number)
    }

    private func powerOfTen() throws(WriteRefusal) -> Exact {
        guard let name = point.value.scaleFrom else { return 1 }
        guard let power = Scaling.power(from: scope.evaluated(.point(name))) else {
            throw .conversionUnknown(point: point.name)
        }
        return power
    }
}

extension WriteRule.Rounding {
    /// The other side, for devices that count downwards.
    var opposite: Self {
        switch self {
        case .down: .up
        case .nearest: .nearest
        case .up: .down
        }
    }
}

extension Exact {
    /// The multiple of `step` on one side; nil when it does not fit or the step is 0.
    func rounded(to step: Exact, _ side: WriteRule.Rounding) -> Exact? {
        guard let steps = divided(by: step) else { return nil }
        let whole =
            switch side {
            case .down: steps.floor
            case .nearest: steps.rounded
            case .up: steps.negated.floor.negated
            }
        return whole.multiplied(by: step)
    }
}
