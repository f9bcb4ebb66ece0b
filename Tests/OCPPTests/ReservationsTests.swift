import Testing

@testable import OCPP

/// Behaviour 59.
@Suite struct ReservationsTests {
    private let now = Timestamp(seconds: 1000)
    private let free: [Int: ChargePointStatus] = [0: .available, 1: .available, 2: .available, 3: .available]

    private func request(_ id: Int, _ connector: Int, _ tag: String = "A", parent: String? = nil, ends: Int = 2000)
        -> ReserveNowRequest
    {
        ReserveNowRequest(
            connectorId: connector, expiryDate: Timestamp(seconds: ends), idTag: tag, parentIdTag: parent,
            reservationId: id)
    }

    private func reserve(
        _ reservations: inout Reservations, _ request: ReserveNowRequest, _ statuses: [Int: ChargePointStatus]? = nil,
        zero: Bool = true
    ) -> ReservationStatus {
        reservations.reserve(request, statuses: statuses ?? free, zeroIsSupported: zero, at: now)
    }

    @Test(arguments: [
        (ChargePointStatus.available, ReservationStatus.accepted), (.preparing, .occupied), (.charging, .occupied),
        (.suspendedEV, .occupied), (.suspendedEVSE, .occupied), (.finishing, .occupied), (.faulted, .faulted),
        (.unavailable, .unavailable),
    ])
    func theAnswerFollowsTheStatus(status: ChargePointStatus, expected: ReservationStatus) {
        var reservations = Reservations()
        let answer = reserve(&reservations, request(1, 2), [1: .available, 2: status])
        #expect(answer == expected)
        #expect(reservations.all.count == (expected == .accepted ? 1 : 0))
    }

    @Test func aReservedConnectorIsOccupiedForOthersAndTheSameIdReplaces() {
        var reservations = Reservations()
        let first = reserve(&reservations, request(1, 2))
        let second = reserve(&reservations, request(2, 2, "B"), [1: .available, 2: .reserved])
        let again = reserve(&reservations, request(1, 2, "C"), [1: .available, 2: .reserved])
        let moved = reserve(&reservations, request(1, 1, "C"))
        #expect([first, second, again, moved] == [.accepted, .occupied, .accepted, .accepted])
        #expect(reservations.all == [request(1, 1, "C")])
        let unknown = reserve(&reservations, request(5, 9))
        let past = reserve(&reservations, request(5, 2, ends: 1000))
        #expect([unknown, past] == [.rejected, .rejected])
    }

    @Test func onlyTheCardOrItsGroupMayUseIt() {
        var reservations = Reservations()
        _ = reserve(&reservations, request(1, 2, "A", parent: "G"))
        func use(_ tag: String, _ parent: String?) -> Reservations.Use {
            reservations.use(connector: 2, idTag: tag, parentIdTag: parent, statuses: free)
        }
        #expect(use("a", nil) == .reserved(id: 1))
        #expect(use("X", "g") == .reserved(id: 1))
        #expect(use("X", nil) == .refused)
        #expect(use("X", "H") == .refused)
        #expect(reservations.use(connector: 1, idTag: "X", parentIdTag: nil, statuses: free) == .free)
        var without = Reservations()
        _ = reserve(&without, request(1, 2))
        #expect(without.use(connector: 2, idTag: "X", parentIdTag: "G", statuses: free) == .refused)
    }

    @Test func connectorZeroKeepsOneFreeForItsCard() {
        var reservations = Reservations()
        let off = reserve(&reservations, request(1, 0), zero: false)
        let first = reserve(&reservations, request(1, 0, "A"))
        let second = reserve(&reservations, request(2, 0, "B"))
        let third = reserve(&reservations, request(3, 0, "C"))
        let fourth = reserve(&reservations, request(4, 0, "D"))
        let single = reserve(&reservations, request(5, 1, "E"))
        #expect(
            [off, first, second, third, fourth, single] == [
                .rejected, .accepted, .accepted, .accepted, .occupied, .occupied,
            ])
        reservations.remove(id: 3)
        #expect(reservations.use(connector: 1, idTag: "X", parentIdTag: nil, statuses: free) == .free)
        let busy = free.merging([3: .charging]) { $1 }
        #expect(reservations.use(connector: 1, idTag: "X", parentIdTag: nil, statuses: busy) == .refused)
        #expect(reservations.use(connector: 1, idTag: "B", parentIdTag: nil, statuses: busy) == .reserved(id: 2))
    }

    @Test func connectorZeroIsFaultedOrUnavailableWhenAllAre() {
        var reservations = Reservations()
        let faulted = reserve(&reservations, request(1, 0), [0: .available, 1: .faulted, 2: .faulted])
        let mixed = reserve(&reservations, request(1, 0), [1: .faulted, 2: .unavailable])
        let busy = reserve(&reservations, request(1, 0), [1: .charging, 2: .unavailable])
        let none = reserve(&reservations, request(1, 0), [0: .available])
        #expect([faulted, mixed, busy, none] == [.faulted, .unavailable, .occupied, .rejected])
    }

    @Test func aReservationEndsAtItsTimeOrWhenItIsTakenBack() {
        var reservations = Reservations()
        _ = reserve(&reservations, request(1, 1, ends: 1500))
        _ = reserve(&reservations, request(2, 2, ends: 1600))
        #expect(reservations.nextExpiry == Timestamp(seconds: 1500))
        let early = reservations.expire(at: Timestamp(milliseconds: 1_499_999))
        let over = reservations.expire(at: Timestamp(seconds: 1500))
        #expect(early.isEmpty)
        #expect(over.map(\.reservationId) == [1])
        let (known, unknown) = (reservations.remove(id: 2), reservations.remove(id: 2))
        #expect(known)
        #expect(!unknown)
        #expect(reservations.nextExpiry == nil)
    }
}
