extension ChargingProfiles {
    /// How many periods a composite schedule has at most; a longer one ends earlier.
    private static let compositeLimit = 1000

    /// The limits that are expected from a moment on (OCPP 1.6, 5.7): nil if there is no such connector, or no time.
    ///
    /// - Parameters:
    ///   - unit: the unit of the answer; A if it is left open.
    ///   - duration: in seconds; never more than a year is looked at.
    public func composite(
        connector: Int, duration: Int, unit: ChargingRateUnit? = nil, site: ChargingSite, at now: Timestamp
    ) -> ChargingSchedule? {
        let unit = unit ?? .amperes
        let start = now.seconds
        let end = start + min(duration, 366 * 86_400)
        let plan = LimitPlan(self, site: site, unit: unit, idleStart: now)
        guard duration > 0, connector == 0 || site.connectors[connector] != nil else { return nil }
        var periods: [ChargingSchedulePeriod] = []
        var covered = end
        var moment = start
        while moment < end, let (limit, until) = plan.limit(connector: connector, at: moment) {
            if periods.last?.limit != limit.limit || periods.last?.numberPhases != limit.numberPhases {
                guard periods.count < ChargingProfiles.compositeLimit else {
                    covered = moment
                    break
                }
                periods.append(
                    ChargingSchedulePeriod(
                        startPeriod: moment - start, limit: limit.limit, numberPhases: limit.numberPhases))
            }
            moment = max(until ?? end, moment + 1)
        }
        return ChargingSchedule(
            duration: covered - start, startSchedule: Timestamp(seconds: start), chargingRateUnit: unit,
            chargingSchedulePeriod: periods)
    }

    /// Answers a GetCompositeSchedule.
    public func answer(
        _ request: GetCompositeScheduleRequest, site: ChargingSite, at now: Timestamp
    ) -> GetCompositeScheduleResponse {
        let schedule = composite(
            connector: request.connectorId, duration: request.duration, unit: request.chargingRateUnit, site: site,
            at: now)
        guard let schedule else { return GetCompositeScheduleResponse(status: .rejected) }
        return GetCompositeScheduleResponse(
            status: .accepted, connectorId: request.connectorId, scheduleStart: schedule.startSchedule,
            chargingSchedule: schedule)
    }
}
