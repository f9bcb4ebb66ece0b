import Storage
import Testing

struct StationStoreTests {
    private func tag(_ tag: String, _ status: String = "Accepted") -> StoredAuthorisation {
        StoredAuthorisation(idTag: tag, status: status, parent: "GROUP", expiresAt: noon)
    }

    @Test func configurationIsStoredTogetherAndKeysDifferByMoreThanCase() async throws {
        let site = try await QueueFixture()
        try await site.storage.setConfiguration([
            ConfigurationValue(key: "HeartbeatInterval", value: "300"),
            ConfigurationValue(connector: 2, key: "ConnectorPhaseRotation", value: "RTS"),
        ])
        try await site.storage.setConfiguration([ConfigurationValue(key: "heartbeatinterval", value: "60")])
        let again = try await site.reopened().storage
        #expect(try await again.configuration().map(\.value) == ["60", "RTS"])
        try await again.resetConfiguration("HEARTBEATINTERVAL")
        #expect(try await again.configuration().map(\.connector) == [2])
    }

    /// Facts, behaviours 58.
    @Test func aDifferentialListOfAnOldVersionChangesNothing() async throws {
        let storage = try await QueueFixture().storage
        #expect(try await storage.localListVersion() == 0)
        try await storage.replaceLocalList(version: 5, [tag("A"), tag("B")])
        #expect(try await storage.localListEntry("a") == tag("A"))
        for version in [4, 5] {
            #expect(try await !storage.updateLocalList(version: version, set: [tag("C")], remove: ["A"]))
        }
        #expect(try await storage.localListVersion() == 5)
        #expect(try await storage.localListEntry("C") == nil)
        #expect(try await storage.updateLocalList(version: 6, set: [tag("B", "Blocked"), tag("C")], remove: ["a"]))
        #expect(try await storage.localListVersion() == 6)
        #expect(try await storage.localListEntry("B")?.status == "Blocked")
        #expect(try await storage.localListCount() == 2)
        try await storage.replaceLocalList(version: 7, [])
        #expect(try await storage.localListCount() == 0)
        #expect(try await storage.localListVersion() == 0)
        #expect(try await !storage.updateLocalList(version: 7, set: [tag("D")], remove: []))
    }

    @Test func theCacheForgetsWhatWasNotUsedForLongest() async throws {
        let storage = try await QueueFixture().storage
        try await storage.cacheAuthorisation(tag("first"), at: noon)
        try await storage.cacheAuthorisation(tag("second"), at: noon.advanced(bySeconds: 1))
        try await storage.database.execute(
            """
            WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 9998)
            INSERT INTO ocpp_authorisation_cache (id_tag, status, used_at) SELECT i, 'Accepted', ? FROM n
            """,
            [.time(noon.advanced(bySeconds: 2))])
        #expect(try await storage.cachedAuthorisation("FIRST", at: noon.advanced(bySeconds: 3)) == tag("first"))
        try await storage.cacheAuthorisation(tag("new"), at: noon.advanced(bySeconds: 4))
        #expect(try await storage.cachedAuthorisation("second") == nil)
        #expect(try await storage.cachedAuthorisation("first") != nil)
        try await storage.clearAuthorisationCache()
        #expect(try await storage.cachedAuthorisation("first") == nil)
    }

    /// Facts, behaviours 59.
    @Test func aReservationReplacesTheOneWithItsId() async throws {
        let site = try await QueueFixture()
        let first = StoredReservation(id: 7, connector: 1, idTag: "A", parent: nil, expiresAt: noon)
        let second = StoredReservation(id: 7, connector: 2, idTag: "B", parent: "G", expiresAt: noon)
        try await site.storage.storeReservation(first)
        try await site.storage.storeReservation(second)
        let again = try await site.reopened().storage
        #expect(try await again.reservations() == [second])
        #expect(try await again.removeReservation(7))
        #expect(try await !again.removeReservation(7))
    }

    /// Facts, behaviours 62.
    @Test func aProfileReplacesThatOfItsIdAndThatOfItsPlace() async throws {
        let site = try await QueueFixture()
        func profile(_ id: Int, _ connector: Int, _ level: Int, _ purpose: String = "TxDefaultProfile")
            -> StoredChargingProfile
        {
            StoredChargingProfile(
                id: id, connector: connector, purpose: purpose, stackLevel: level, transaction: nil,
                profile: Array("{\"chargingProfileId\":\(id)}".utf8), storedAt: noon)
        }
        for one in [
            profile(1, 1, 0), profile(2, 1, 1), profile(3, 1, 1, "TxProfile"), profile(4, 2, 1), profile(5, 1, 1),
            profile(4, 3, 9),
        ] { try await site.storage.storeChargingProfile(one) }
        let again = try await site.reopened().storage
        #expect(
            try await again.chargingProfiles() == [
                profile(5, 1, 1), profile(1, 1, 0), profile(3, 1, 1, "TxProfile"), profile(4, 3, 9),
            ])
        #expect(try await again.removeChargingProfiles([5, 99, 3]) == 2)
    }

    /// Facts, behaviours 46.
    @Test func inoperativeSurvivesARestart() async throws {
        let site = try await QueueFixture()
        try await site.storage.setInoperative(true, connectors: [0, 1, 2])
        try await site.storage.setInoperative(false, connectors: [1, 9])
        #expect(try await site.reopened().storage.inoperativeConnectors() == [0, 2])
    }

    @Test func slavesAreKnownByTheirExactId() async throws {
        let site = try await QueueFixture()
        var slave = PairedSlave(chargePoint: "SITE#002", box: "left", key: [0, 1, 255], pairedAt: noon)
        try await site.storage.storePairedSlave(slave)
        slave.vendor = "Maker"
        slave.seenAt = noon.advanced(bySeconds: 5)
        try await site.storage.storePairedSlave(slave)
        let again = try await site.reopened().storage
        #expect(try await again.pairedSlave("SITE#002") == slave)
        #expect(try await again.pairedSlave("site#002") == nil)
        #expect(try await again.pairedSlaves() == [slave])
        try await again.unpairSlave("SITE#002")
        #expect(try await again.pairedSlaves().isEmpty)
    }
}
