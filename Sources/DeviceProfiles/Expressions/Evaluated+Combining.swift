import DriverAPI

extension Evaluated {
    /// A result that nothing is known of, for a reason that is not the inputs': overflow, division by 0, no number.
    static let noData = Evaluated(value: nil, quality: .noData)

    /// Whether the value may be used.
    var isKnown: Bool { value != nil && quality.isKnown }

    /// The same without a value that may not be used.
    var usable: Evaluated {
        if quality.isKnown { return value == nil ? Evaluated(value: nil, quality: .noData, time: time) : self }
        return Evaluated(value: nil, quality: quality, time: time)
    }

    /// The worst quality and the oldest time of both, without a value.
    func merged(with other: Evaluated) -> Evaluated {
        let oldest: MonotonicTime? =
            switch (time, other.time) {
            case (let a?, let b?): Swift.min(a, b)
            case (let a, let b): a ?? b
            }
        return Evaluated(value: nil, quality: Swift.max(quality, other.quality), time: oldest)
    }

    /// `value` with the worst quality and the oldest time of both; nil: no data, or worse.
    func combined(with other: Evaluated, value: Value?) -> Evaluated { merged(with: other).with(value) }

    /// Another value from the same inputs; nil: no data.
    func with(_ value: Value?) -> Evaluated {
        Evaluated(value: value, quality: value == nil && quality.isKnown ? .noData : quality, time: time)
    }
}
