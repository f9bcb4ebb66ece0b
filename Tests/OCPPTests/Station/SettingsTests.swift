import OCPP
import Testing

@Suite("Station: configuration, list, reservation, 55 to 59")
struct SettingsTests {
    private func reserve(
        _ connector: Int, id: Int = 1, tag: String = "TAG", parent: String? = nil, seconds: Int = 600
    ) -> ReserveNowRequest {
        ReserveNowRequest(
            connectorId: connector, expiryDate: TestStation.start.advanced(bySeconds: seconds), idTag: tag,
            parentIdTag: parent, reservationId: id)
    }

    @Test("55: unknown NotSupported; read-only, text, negative and too many Rejected; RebootRequired where true")
    func changeConfiguration() {
        var site = TestStation()
        site.boot()
        #expect(site.set("NoSuchKey", "1") == .notSupported)
        #expect(site.set("NumberOfConnectors", "3") == .rejected)
        #expect(site.set("MeterValueSampleInterval", "often") == .rejected)
        #expect(site.set("MeterValueSampleInterval", "-1") == .rejected)
        #expect(site.set("MeterValuesSampledData", "Warmth") == .rejected)
        #expect(site.set("WebSocketPingInterval", "30") == .rebootRequired)
        #expect(site.set("MeterValueSampleInterval", "15") == .accepted)
        let stored = site.stored.compactMap { change -> String? in
            if case .key(let name, _, let value) = change { "\(name)=\(value)" } else { nil }
        }
        #expect(stored == ["WebSocketPingInterval=30", "MeterValueSampleInterval=15"])
    }

    @Test("42: no attempts and no interval are values that the keys take")
    func attemptsMayBeZero() {
        var site = TestStation()
        site.boot()
        #expect(site.set("TransactionMessageAttempts", "0") == .accepted)
        #expect(site.set("TransactionMessageRetryInterval", "0") == .accepted)
    }

    @Test("43: status and heartbeat are in a lane of their own, which transaction messages do not starve")
    func statusHasItsOwnLane() {
        var site = TestStation()
        site.boot(interval: 10)
        site.pass(.seconds(10))
        let lanes = site.calls.filter { !($0.request is BootNotificationRequest) }.map(\.lane)
        #expect(lanes.count >= 4)
        #expect(lanes.allSatisfy { $0 == .ordinary })
    }

    @Test("56: GetConfiguration lists all keys, tells unknown ones, and never shows AuthorizationKey")
    func getConfiguration() {
        var site = TestStation()
        site.boot()
        site.set("AuthorizationKey", "0123456789abcdef0123")
        let all = site.ask(GetConfigurationRequest())?.configurationKey ?? []
        #expect(all.contains { $0.key == "HeartbeatInterval" })
        #expect(!all.contains { $0.key == "AuthorizationKey" })
        let some = site.ask(GetConfigurationRequest(key: ["AuthorizationKey", "Nonsense"]))
        #expect(some?.unknownKey == ["Nonsense"])
        #expect(some?.configurationKey?.map(\.value) == [nil])
    }

    @Test("56: individual keys are shown once per connector, with the boxes' identities")
    func individualKeys() {
        var second = TestStation.box(2)
        second.identity = BoxIdentity(vendor: "Maker", model: "M2", firmware: "1.7")
        var site = TestStation([TestStation.box(1), second])
        site.boot()
        let shown = site.ask(GetConfigurationRequest(key: ["FirmwareVersion_2", "OperatorCurrentLimit_2"]))
        #expect(shown?.configurationKey?.map(\.value) == ["1.7", nil])
        #expect(site.set("OperatorCurrentLimit_2", "13") == .accepted)
        #expect(site.station.output(of: 2)?.current == 13)
        #expect(site.station.output(of: 1)?.current == 32)
        #expect(site.set("OperatorCurrentLimit_2", "63") == .accepted)
        #expect(site.station.output(of: 2)?.current == 32)
    }

    @Test("58: list versions: 0 while it is empty, -1 while it is off; a full one replaces")
    func listVersions() {
        var site = TestStation()
        site.boot()
        #expect(site.ask(GetLocalListVersionRequest())?.listVersion == 0)
        let full = SendLocalListRequest(
            listVersion: 4,
            localAuthorizationList: [AuthorizationEntry(idTag: "A", idTagInfo: IdTagInfo(status: .accepted))],
            updateType: .full)
        #expect(site.ask(full)?.status == .accepted)
        #expect(site.ask(GetLocalListVersionRequest())?.listVersion == 4)
        let old = SendLocalListRequest(listVersion: 4, updateType: .differential)
        #expect(site.ask(old)?.status == .versionMismatch)
        #expect(site.ask(GetLocalListVersionRequest())?.listVersion == 4)
        let delete = SendLocalListRequest(
            listVersion: 5, localAuthorizationList: [AuthorizationEntry(idTag: "a")], updateType: .differential)
        #expect(site.ask(delete)?.status == .accepted)
        #expect(site.ask(GetLocalListVersionRequest())?.listVersion == 0)
        site.set("LocalAuthListEnabled", "false")
        #expect(site.ask(GetLocalListVersionRequest())?.listVersion == -1)
        #expect(site.ask(full)?.status == .notSupported)
    }

    @Test("58: the cache is cleared, and a cache that is off refuses")
    func cacheIsCleared() {
        var site = TestStation()
        site.boot()
        site.charge(tag: "TAG")
        #expect(site.station.cache.entry("TAG")?.status == .accepted)
        #expect(site.ask(ClearCacheRequest())?.status == .accepted)
        #expect(site.station.cache.entry("TAG") == nil)
        site.set("AuthorizationCacheEnabled", "false")
        #expect(site.ask(ClearCacheRequest())?.status == .rejected)
    }

    @Test("59: a reserved connector is Reserved and serves its tag only, which uses it up")
    func reservationServesItsTag() {
        var site = TestStation()
        site.boot()
        site.forgetAll()
        #expect(site.ask(reserve(1, id: 31))?.status == .accepted)
        #expect(site.statuses(1) == [.reserved])
        site.present("OTHER", 1)
        site.read(1, .b)
        #expect(site.starts.isEmpty)
        site.present("TAG", 1)
        #expect(site.starts.map(\.reservationId) == [31])
        #expect(site.station.reservations.all.isEmpty)
    }

    @Test("59: a tag of the reserved group may use it")
    func reservationServesItsGroup() {
        var site = TestStation()
        site.boot()
        site.ask(reserve(1, id: 31, tag: "TAG", parent: "GROUP"))
        site.read(1, .b)
        site.present("FRIEND", 1, parent: "GROUP")
        #expect(site.starts.map(\.reservationId) == [31])
    }

    @Test("59: Occupied, Faulted, Unavailable and Rejected by state")
    func reservationIsRefused() {
        var site = TestStation([1, 2, 3].map { TestStation.box($0) })
        site.boot()
        site.read(1, .b)
        #expect(site.ask(reserve(1))?.status == .occupied)
        site.read(2, .a, fault: BoxFault(.otherError, "broken"))
        #expect(site.ask(reserve(2))?.status == .faulted)
        site.ask(ChangeAvailabilityRequest(connectorId: 3, type: .inoperative))
        #expect(site.ask(reserve(3))?.status == .unavailable)
        #expect(site.ask(reserve(99))?.status == .rejected)
    }

    @Test("59: it ends at its time, and Available follows")
    func reservationExpires() {
        var site = TestStation()
        site.boot()
        site.ask(reserve(1, seconds: 100))
        site.forgetAll()
        site.pass(.seconds(99))
        #expect(site.statuses(1).isEmpty)
        site.pass(.seconds(1))
        #expect(site.statuses(1) == [.available])
    }

    @Test("59: a clock that was never set ends no reservation; the backend's time does")
    func unsetClockEndsNoReservation() {
        var site = TestStation(
            memory: StationMemory(reservations: [reserve(1, seconds: 100)]), isClockSet: false,
            startsAt: TestStation.start)
        site.give(.tick)
        site.read(1, .a)
        site.pass(.seconds(300))
        #expect(site.station.status(of: 1) == .reserved)
        site.give(.connected)
        site.answerBoot()
        #expect(site.station.status(of: 1) == .available)
    }

    @Test("59: cancelled by its id; an unknown id is Rejected; the same id replaces")
    func reservationIsCancelled() {
        var site = TestStation()
        site.boot()
        site.ask(reserve(1, id: 31))
        #expect(site.ask(reserve(2, id: 31))?.status == .accepted)
        #expect(site.station.status(of: 1) == .available)
        #expect(site.station.status(of: 2) == .reserved)
        #expect(site.ask(CancelReservationRequest(reservationId: 99))?.status == .rejected)
        #expect(site.ask(CancelReservationRequest(reservationId: 31))?.status == .accepted)
        #expect(site.station.status(of: 2) == .available)
    }

    @Test("59: connector 0 keeps one connector free for its tag")
    func reservationOfAnyConnector() {
        var site = TestStation()
        site.boot()
        #expect(site.ask(reserve(0, id: 5))?.status == .accepted)
        site.charge(1, tag: "OTHER")
        #expect(site.starts.map(\.reservationId) == [nil])
        site.read(2, .b)
        site.present("THIRD", 2)
        #expect(site.starts.count == 1)
        site.present("TAG", 2)
        #expect(site.starts.map(\.reservationId) == [nil, 5])
    }

    @Test("59: a reservation is remembered over a restart")
    func reservationSurvives() {
        var site = TestStation(memory: StationMemory(cause: .powerLoss, reservations: [reserve(2)]))
        site.boot()
        #expect(site.statuses(2) == [.reserved])
    }
}
