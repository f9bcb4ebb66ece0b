import OCPP
import Storage
import TestTools
import Testing

@testable import Host

/// What a station remembers comes back as it was.
@Suite struct StationStoreTests {
    private let folder: TemporaryFolder

    init() throws { folder = try TemporaryFolder("station") }

    private func storage() async throws -> SiteStorage { try await SiteStorage(path: folder.path + "/site.sqlite") }

    private let noon = Timestamp(seconds: 1_780_000_000)

    @Test func everyChangeComesBackAfterARestart() async throws {
        let storage = try await storage()
        let store = StationStore(storage: storage)
        let card = IdTagInfo(expiryDate: noon.advanced(bySeconds: 3600), parentIdTag: "GROUP", status: .accepted)
        let list = LocalList(version: 7, entries: [AuthorizationEntry(idTag: "CARD", idTagInfo: card)])
        let reservation = ReserveNowRequest(
            connectorId: 2, expiryDate: noon, idTag: "CARD", parentIdTag: "GROUP", reservationId: 11)
        let profile = InstalledProfile(
            profile: ChargingProfile(
                chargingProfileId: 5, stackLevel: 3, chargingProfilePurpose: .txDefaultProfile,
                chargingProfileKind: .absolute,
                chargingSchedule: ChargingSchedule(
                    startSchedule: noon, chargingRateUnit: .amperes,
                    chargingSchedulePeriod: [ChargingSchedulePeriod(startPeriod: 0, limit: 8.5)])),
            connector: 1, installedAt: noon)
        let event = SecurityEventNotificationRequest(type: "SettingSystemTime", timestamp: noon, techInfo: "by 3 s")
        for change: StoredChange in [
            .key(name: "HeartbeatInterval", connector: nil, value: "17"),
            .key(name: "OperatorCurrentLimit", connector: 1, value: "10"),
            .key(name: "OperatorCurrentLimit", connector: 2, value: "12"),
            .key(name: "FreeCharging", connector: nil, value: "true"),
            .keyDefault(name: "FreeCharging", connector: nil),
            .inoperative([0, 2]), .inoperative([2]), .list(list),
            .cached(AuthorisationCache.Entry(idTag: "OTHER", info: card, updatedAt: noon)),
            .reservations([reservation]), .profiles([profile]), .securityEvents([event]),
        ] {
            try await store.store(change)
        }
        let memory = try await store.load()
        #expect(
            memory.keys == ["HeartbeatInterval": "17", "OperatorCurrentLimit": "10", "OperatorCurrentLimit_2": "12"])
        #expect(memory.inoperative == [2])
        #expect(memory.list == list)
        #expect(memory.cache.entry("other") == card)
        #expect(memory.reservations == [reservation])
        #expect(memory.profiles == [profile])
        #expect(memory.securityEvents == [event])
        for change: StoredChange in [.cacheCleared, .reservations([]), .profiles([]), .securityEvents([])] {
            try await store.store(change)
        }
        let after = try await store.load()
        #expect(after.cache.all.isEmpty && after.reservations.isEmpty && after.profiles.isEmpty)
        #expect(after.securityEvents.isEmpty)
    }

    @Test func aTransactionComesBackWithItsGroupAndItsLastMeterValue() async throws {
        let storage = try await storage()
        let store = StationStore(storage: storage)
        let queue = try await storage.transactionQueue(
            for: Backend(url: "ws://c", chargePoint: "N"), limits: QueueLimits(ballast: 0))
        let start = StartTransactionRequest(connectorId: 2, idTag: "CARD", meterStart: 100, timestamp: noon)
        let id = try #require(try await queue.append(.start(TransactionStart(start, box: "right"))).transaction)
        var open = OpenTransaction(id: id, connector: 2, idTag: "CARD", start: noon, meterStart: 100)
        open.parentIdTag = "GROUP"
        open.meterLast = 250
        open.meterAt = noon.advanced(bySeconds: 90)
        try await store.store(.transaction(open))
        #expect(try await store.load().transactions == [open])
        // An older value than one that came through the queue takes nothing back.
        open.meterLast = 200
        open.meterAt = noon.advanced(bySeconds: 95)
        try await store.store(.transaction(open))
        #expect(try await store.load().transactions.first?.meterLast == 250)
        try await store.ended(id)
        #expect(try await store.load().transactions.first?.parentIdTag == nil)
    }

    @Test func connectorsAreGivenOnce() async throws {
        let storage = try await storage()
        func site(_ devices: [SiteDevice]) -> Site {
            Site(name: "S", supply: SiteCircuit(id: "supply", limit: [32, 32, 32]), devices: devices)
        }
        func device(_ id: String, own: Bool = false, address: String = "10.0.0.1", connector: Int? = nil) -> SiteDevice
        {
            SiteDevice(id: id, own: own, profile: "p", address: address, connector: connector)
        }
        let slave = device("slave", address: "ocpp://GARAGE%23005")
        let first = site([device("a"), device("mine", own: true), device("b", connector: 7), slave])
        let given = try await ConnectorNumbers.give(first, boxes: ["a", "mine", "b", "slave"], storage: storage)
        #expect(given.numbers == ["mine": 1, "b": 7, "slave": 5, "a": 8])
        #expect(given.removed.isEmpty && given.problems.isEmpty)
        // One goes and another comes: numbers stay, and the one that is free is not given again.
        let second = site([device("new"), device("mine", own: true), slave, device("a")])
        let next = try await ConnectorNumbers.give(second, boxes: ["a", "mine", "new", "slave"], storage: storage)
        #expect(next.numbers == ["mine": 1, "slave": 5, "a": 8, "new": 9])
        #expect(next.removed == [7])
        let third = site([device("a", connector: 3)])
        let refused = try await ConnectorNumbers.give(third, boxes: ["a"], storage: storage)
        #expect(refused.numbers.isEmpty && refused.problems.first?.contains("has connector 8") == true)
    }
}
