import DriverAPI

/// Reads the inputs that switch or set power limits.
struct InputReader: Sendable {
    /// A reading says itself when it is too old for its poll class; one older than this counts as lost all the same.
    private static let stale = Duration.seconds(90)

    /// A limit that holds now.
    struct Active: Hashable, Sendable {
        var input: LimitInput
        /// What the point itself says, in W, where the input sets the power.
        var value: Exact?
        /// Whether it holds because the input cannot be read.
        var isLost: Bool
    }

    /// The limits that hold at `now`.
    static func active(_ inputs: [LimitInput], _ states: [DeviceState], at now: MonotonicTime) -> [Active] {
        inputs.compactMap { input in
            let state = states.first { $0.entry.id == input.device && $0.isInUse }
            guard let reading = state?.readings[input.point], let value = reading.known,
                reading.time.duration(to: now) <= stale
            else { return input.isActiveWhenLost ? Active(input: input, value: nil, isLost: true) : nil }
            if input.power == .value {
                guard let watts = value.number else { return Active(input: input, value: nil, isLost: true) }
                return Active(input: input, value: watts, isLost: false)
            }
            let isOn = value.bool ?? value.number.map { $0 != 0 } ?? true
            return isOn != input.isActiveLow ? Active(input: input, value: nil, isLost: false) : nil
        }
    }
}
