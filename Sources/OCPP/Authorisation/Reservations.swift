/// The reservations of a station (OCPP 1.6, 3.9.1, 5.13 and 5.1).
public struct Reservations: Sendable, Equatable {
    /// What a card may do with a connector.
    public enum Use: Sendable, Equatable {
        /// Nobody has reserved it, or enough others are left.
        case free
        /// The card has reserved it; StartTransaction bears the reservation's id, then it is used up.
        case reserved(id: Int)
        /// Somebody else has reserved it.
        case refused
    }

    /// All reservations, to be stored.
    public private(set) var all: [ReserveNowRequest]

    /// Reservations as they were stored.
    public init(_ all: [ReserveNowRequest] = []) { self.all = all }

    /// Reserves a connector, or with 0 any of them.
    ///
    /// The same id replaces a reservation. A connector that is not Available cannot be reserved, nor one that somebody else
    /// has; for connector 0 one more must be free than are reserved that way.
    ///
    /// - Parameters:
    ///   - statuses: of the connectors from 1 on; a reserved one may be Available or Reserved here.
    ///   - zeroIsSupported: the key ReserveConnectorZeroSupported.
    public mutating func reserve(
        _ request: ReserveNowRequest, statuses: [Int: ChargePointStatus], zeroIsSupported: Bool, at now: Timestamp
    ) -> ReservationStatus {
        guard request.expiryDate > now else { return .rejected }
        var others = Reservations(all.filter { $0.reservationId != request.reservationId })
        let status: ReservationStatus
        if request.connectorId == 0 {
            status = zeroIsSupported ? others.statusOfAny(statuses) : .rejected
        } else if let own = statuses[request.connectorId] {
            status = others.status(of: request.connectorId, own, statuses)
        } else {
            status = .rejected
        }
        guard status == .accepted else { return status }
        others.all.append(request)
        self = others
        return .accepted
    }

    /// Takes a reservation back, or uses it up; false if there is none with this id.
    @discardableResult
    public mutating func remove(id: Int) -> Bool {
        let before = all.count
        all.removeAll { $0.reservationId == id }
        return all.count < before
    }

    /// Ends those whose time is over, and tells which.
    public mutating func expire(at now: Timestamp) -> [ReserveNowRequest] {
        let over = all.filter { $0.expiryDate <= now }
        all.removeAll { $0.expiryDate <= now }
        return over
    }

    /// The next moment at which a reservation ends; nil if there is none.
    public var nextExpiry: Timestamp? { all.map(\.expiryDate).min() }

    /// The reservation of one connector; those of connector 0 are none of a connector.
    public func reservation(connector: Int) -> ReserveNowRequest? { all.first { $0.connectorId == connector } }

    /// What a card may do with a connector that is free.
    public func use(
        connector: Int, idTag: String, parentIdTag: String?, statuses: [Int: ChargePointStatus]
    ) -> Use {
        if let own = reservation(connector: connector) {
            return own.isFor(idTag, parentIdTag) ? .reserved(id: own.reservationId) : .refused
        }
        let anywhere = all.filter { $0.connectorId == 0 }
        if let own = anywhere.first(where: { $0.isFor(idTag, parentIdTag) }) { return .reserved(id: own.reservationId) }
        let left = free(statuses).subtracting([connector]).count
        return left >= anywhere.count ? .free : .refused
    }

    private func free(_ statuses: [Int: ChargePointStatus]) -> Set<Int> {
        Set(statuses.filter { $0.key > 0 && $0.value.canBeReserved && reservation(connector: $0.key) == nil }.keys)
    }

    private func status(
        of connector: Int, _ status: ChargePointStatus, _ statuses: [Int: ChargePointStatus]
    ) -> ReservationStatus {
        switch status {
        case .faulted: return .faulted
        case .unavailable: return .unavailable
        case .available, .reserved:
            let left = free(statuses).subtracting([connector]).count
            let anywhere = all.filter { $0.connectorId == 0 }.count
            return reservation(connector: connector) == nil && left >= anywhere ? .accepted : .occupied
        default: return .occupied
        }
    }

    private func statusOfAny(_ statuses: [Int: ChargePointStatus]) -> ReservationStatus {
        if free(statuses).count > all.filter({ $0.connectorId == 0 }).count { return .accepted }
        let all = statuses.filter { $0.key > 0 }.values
        guard !all.isEmpty else { return .rejected }
        if all.allSatisfy({ $0 == .faulted }) { return .faulted }
        return all.allSatisfy { $0 == .unavailable || $0 == .faulted } ? .unavailable : .occupied
    }
}

extension ReserveNowRequest {
    /// Whether a card, or one of its group, may use the reservation.
    fileprivate func isFor(_ idTag: String, _ parentIdTag: String?) -> Bool {
        if self.idTag.lowercased() == idTag.lowercased() { return true }
        guard let own = self.parentIdTag, let parentIdTag else { return false }
        return own.lowercased() == parentIdTag.lowercased()
    }
}

extension ChargePointStatus {
    fileprivate var canBeReserved: Bool { self == .available || self == .reserved }
}
