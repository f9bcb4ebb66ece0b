/// What a profile says at a moment, and until when it says so.
struct ProfileClock {
    let profile: ChargingProfile
    /// When its schedule begins, in seconds since 1970; nil if it has no beginning yet.
    private let origin: Int?
    private let validFrom: Int?
    private let validTo: Int?

    /// - Parameter sessionStart: when charging was started; what relative schedules count from.
    init(_ installed: InstalledProfile, sessionStart: Timestamp?) {
        profile = installed.profile
        validFrom = profile.validFrom?.seconds
        validTo = profile.validTo?.seconds
        let start = profile.chargingSchedule.startSchedule
        let isForStation = profile.chargingProfilePurpose == .chargePointMaxProfile
        let begin: Timestamp? =
            switch profile.chargingProfileKind {
            case .relative: sessionStart
            case .recurring: start ?? profile.validFrom
            // "If absent the schedule will be relative to start of charging" (OCPP 1.6, 7.13); a station's has none.
            case .absolute: start ?? (isForStation ? profile.validFrom ?? installed.installedAt : sessionStart)
            }
        origin = begin?.seconds
    }

    /// The period that counts at a moment, nil if none does; and the moment of the next change, nil if there is none.
    func state(at now: Int) -> (period: ChargingSchedulePeriod?, until: Int?) {
        if let validFrom, now < validFrom { return (nil, validFrom) }
        if let validTo, now >= validTo { return (nil, nil) }
        guard let origin else { return (nil, nil) }
        if now < origin { return (nil, ending(origin)) }
        let schedule = profile.chargingSchedule
        var begin = origin
        var end: Int?
        if let cycle {
            begin += (now - origin) / cycle * cycle
            end = begin + cycle
        }
        let offset = now - begin
        if let duration = schedule.duration, offset >= duration { return (nil, ending(end)) }
        var next = end
        if let duration = schedule.duration { next = ProfileClock.earlier(next, ProfileClock.sum(begin, duration)) }
        var current: ChargingSchedulePeriod?
        for period in schedule.chargingSchedulePeriod {
            if period.startPeriod <= offset {
                current = period
            } else {
                next = ProfileClock.earlier(next, ProfileClock.sum(begin, period.startPeriod))
                break
            }
        }
        return (current, ending(next))
    }

    /// Seconds after which a recurring schedule begins again.
    private var cycle: Int? {
        guard profile.chargingProfileKind == .recurring else { return nil }
        return profile.recurrencyKind == .weekly ? 604_800 : 86_400
    }

    private func ending(_ moment: Int?) -> Int? { ProfileClock.earlier(moment, validTo) }

    static func earlier(_ one: Int?, _ other: Int?) -> Int? {
        guard let one, let other else { return one ?? other }
        return min(one, other)
    }

    private static func sum(_ moment: Int, _ seconds: Int) -> Int? {
        let (sum, overflow) = moment.addingReportingOverflow(seconds)
        return overflow ? nil : sum
    }
}
