/// What a slave says it follows (GetCompositeSchedule), in A per phase.
public struct CompositeReading: Hashable, Sendable {
    /// A limit that counts from a number of seconds from now on.
    public struct Step: Hashable, Sendable {
        /// Seconds from now.
        public var start: Int
        /// Amperes per phase.
        public var limit: Tenths
    }

    /// Its limits, the present one first.
    public let steps: [Step]
    /// How many seconds from now they cover; nil for all time.
    public let length: Int?

    /// What an answer says; nil when the slave has no schedule, or says nothing of this moment.
    public init?(_ answer: GetCompositeScheduleResponse, _ profiles: OrderProfiles) {
        guard answer.status == .accepted, let schedule = answer.chargingSchedule else { return nil }
        var steps: [Step] = []
        for period in schedule.chargingSchedulePeriod.sorted(by: { $0.startPeriod < $1.startPeriod }) {
            guard
                let limit = profiles.amperes(period.limit, schedule.chargingRateUnit, phases: period.numberPhases)
            else { return nil }
            if steps.last?.limit != limit { steps.append(Step(start: period.startPeriod, limit: limit)) }
        }
        guard steps.first?.start == 0 else { return nil }
        self.steps = steps
        length = schedule.duration
    }

    /// The present limit.
    public var limit: Tenths { steps.first?.limit ?? 0 }

    /// Whether it shows that the slave goes over to `fallback` so many seconds from now, give or take 5 s: then it keeps
    /// to schedules, and its clock is right. Nil when it says nothing about that time.
    public func falls(to fallback: Tenths, in seconds: Int) -> Bool? {
        if let length, length <= seconds + 5 { return nil }
        guard let step = steps.dropFirst().first else { return false }
        return abs(step.start - seconds) <= 5 && step.limit == fallback
            && !steps.contains { $0.start > step.start && $0.limit > fallback }
    }
}
