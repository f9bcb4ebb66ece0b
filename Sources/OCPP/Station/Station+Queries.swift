extension Station {
    /// When `handle` must be called again at the latest, on the clock that never jumps; nil for never.
    public var nextDeadline: Duration? { deadlines.min() }

    /// What the box of a connector may do; nil if there is no such connector or it is removed.
    public func output(of connector: Int) -> ConnectorOutput? { connectors[connector]?.output }

    /// What all boxes together may take by charging profiles, in A per phase; nil if nothing is set.
    public var siteLimit: Tenths? { limits.site }

    /// The status of a connector, or with 0 of the station; nil if there is no such connector.
    public func status(of connector: Int) -> ChargePointStatus? {
        connector == 0 ? stationStatus.current.status : connectors[connector]?.tracked.current.status
    }

    /// The transaction that runs on a connector, of a box or of a slave; nil if none does.
    public func transaction(of connector: Int) -> OpenTransaction? { connectors[connector]?.transaction }

    /// What the backend answered to the boot last; nil if it has not answered since the station started.
    public var registration: RegistrationStatus? { link.registration }

    /// Whether the connection stands and the boot is accepted.
    public var isOnline: Bool { link.isOnline }

    /// Whether the time is known: the machine's clock was set, or the backend has said what time it is.
    public func isTimeCertain(at now: StationTime) -> Bool { clock.isCertain(now) }

    /// The station's time, which the backend may have set.
    public func timestamp(at now: StationTime) -> Timestamp { clock.now(now) }
}
