extension Station {
    mutating func reserve(_ request: ReserveNowRequest, id: String) {
        var trial = reservations
        let status = trial.reserve(
            request, statuses: statuses, zeroIsSupported: keys.isOn("ReserveConnectorZeroSupported"), at: now)
        guard status == .accepted, link.registration == .accepted, jobs.reset == nil else {
            answer(id, ReserveNowResponse(status: status == .accepted ? .rejected : status))
            return
        }
        if connectors[request.connectorId]?.isSlave == true {
            callSlave(request.connectorId, request, .reservation(id: id, request))
            return
        }
        reservations = trial
        storeReservations()
        answer(id, ReserveNowResponse(status: .accepted))
    }

    mutating func slaveReserved(_ id: String, _ request: ReserveNowRequest, _ outcome: Outcome) {
        var status = ReservationStatus.rejected
        if case .success(let response)? = outcome.response(to: ReserveNowRequest.self) { status = response.status }
        if status == .accepted {
            // The slave has it already; here it is kept to be told, ended and cancelled.
            var others = statuses
            others[request.connectorId] = .available
            status = reservations.reserve(request, statuses: others, zeroIsSupported: true, at: now)
            storeReservations()
        }
        answer(id, ReserveNowResponse(status: status))
    }

    mutating func cancel(_ request: CancelReservationRequest, id: String) {
        let found = reservations.all.first { $0.reservationId == request.reservationId }
        guard let found else {
            answer(id, CancelReservationResponse(status: .rejected))
            return
        }
        endReservations([found])
        answer(id, CancelReservationResponse(status: .accepted))
    }

    mutating func expireReservations() {
        // A clock that was never set ends nothing.
        guard clock.isCertain(time), let next = reservations.nextExpiry, next <= now else { return }
        _ = reservations.expire(at: now)
        storeReservations()
    }

    /// Ends reservations, those of slaves at the slaves too.
    mutating func endReservations(_ ended: [ReserveNowRequest]) {
        guard !ended.isEmpty else { return }
        for reservation in ended {
            reservations.remove(id: reservation.reservationId)
            guard connectors[reservation.connectorId]?.isSlave == true else { continue }
            callSlave(
                reservation.connectorId, CancelReservationRequest(reservationId: reservation.reservationId))
        }
        storeReservations()
    }

    mutating func storeReservations() { effects.append(.store(.reservations(reservations.all))) }
}
