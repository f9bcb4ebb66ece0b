import Testing

@testable import OCPP

/// Behaviour 58.
@Suite struct LocalListTests {
    private let limits = (list: 5, message: 3)

    private func entry(_ tag: String, _ status: AuthorizationStatus? = .accepted) -> AuthorizationEntry {
        AuthorizationEntry(idTag: tag, idTagInfo: status.map { IdTagInfo(status: $0) })
    }

    private func send(
        _ list: inout LocalList, _ type: UpdateType, _ version: Int, _ entries: [AuthorizationEntry]?,
        isEnabled: Bool = true
    ) -> UpdateStatus {
        list.update(
            SendLocalListRequest(listVersion: version, localAuthorizationList: entries, updateType: type),
            isEnabled: isEnabled, maximum: limits)
    }

    @Test func fullReplacesAndDifferentialAddsChangesAndRemoves() {
        var list = LocalList()
        #expect(list.version == 0)
        let full = send(&list, .full, 4, [entry("A"), entry("B"), entry("C")])
        #expect(full == .accepted)
        let changed = send(&list, .differential, 5, [entry("a", .blocked), entry("B", nil), entry("D")])
        #expect(changed == .accepted)
        #expect(list.version == 5)
        #expect(list.all.map(\.idTag) == ["C", "D", "a"])
        #expect(list.entry("A")?.status == .blocked)
        #expect(list.entry("B") == nil)
        let replaced = send(&list, .full, 2, [entry("Z")])
        #expect(replaced == .accepted)
        #expect(list.version == 2)
        #expect(list.all.map(\.idTag) == ["Z"])
        let emptied = send(&list, .full, 3, nil)
        #expect(emptied == .accepted)
        #expect(list.count == 0)
        #expect(LocalList(version: 5, entries: [entry("x")]).entry("X") != nil)
    }

    @Test func whatIsRefusedChangesNothing() {
        var list = LocalList(version: 7, entries: [entry("A"), entry("B"), entry("C"), entry("D")])
        let before = list
        let cases: [(UpdateType, Int, [AuthorizationEntry], UpdateStatus)] = [
            (.differential, 7, [entry("X")], .versionMismatch), (.differential, 6, [entry("X")], .versionMismatch),
            (.differential, 8, [entry("X"), entry("x")], .failed), (.full, 8, [entry("X", nil)], .failed),
            (.full, 0, [entry("X")], .failed), (.full, -1, [entry("X")], .failed),
            (.full, 8, [entry("1"), entry("2"), entry("3"), entry("4")], .failed),
            (.differential, 8, [entry("X"), entry("Y")], .failed),
        ]
        for (type, version, entries, expected) in cases {
            let status = send(&list, type, version, entries)
            #expect(status == expected)
            #expect(list == before)
        }
        let off = send(&list, .full, 8, [entry("X")], isEnabled: false)
        #expect(off == .notSupported)
        #expect(list == before)
        let swapped = send(&list, .differential, 8, [entry("A", nil), entry("X"), entry("Y")])
        #expect(swapped == .accepted)
    }

    @Test func theCacheForgetsTheOldestWordAndKeepsTheNewest() {
        var cache = AuthorisationCache(capacity: 2)
        cache.remember("A", IdTagInfo(status: .accepted), at: Timestamp(seconds: 1))
        cache.remember("B", IdTagInfo(status: .accepted), at: Timestamp(seconds: 2))
        cache.remember("a", IdTagInfo(status: .blocked), at: Timestamp(seconds: 3))
        cache.remember("C", IdTagInfo(status: .accepted), at: Timestamp(seconds: 4))
        #expect(cache.all.map(\.idTag) == ["a", "C"])
        #expect(cache.entry("A")?.status == .blocked)
        #expect(AuthorisationCache(capacity: 2, entries: cache.all) == cache)
        cache.clear()
        #expect(cache.entry("C") == nil)
    }

    /// OCPP 1.6, 3.5: the truth table of the three keys, by hand.
    @Test(arguments: [
        (true, "", "good", LocalAuthorisation.Verdict.askBackend), (true, "pre", "good", .accepted(nil)),
        (true, "pre", "blocked", .askBackend), (true, "pre", "unknown", .askBackend), (true, "pre", "old", .askBackend),
        (false, "offline", "good", .accepted(nil)), (false, "offline", "cached", .accepted(nil)),
        (false, "offline", "blocked", .refused(.blocked)), (false, "offline", "old", .refused(.expired)),
        (false, "offline", "unknown", .refused(.invalid)), (false, "unknown", "unknown", .accepted(nil)),
        (false, "unknown", "blocked", .refused(.blocked)), (false, "", "good", .refused(.invalid)),
        (false, "offline unknown", "listed", .refused(.invalid)), (true, "pre", "listed", .askBackend),
    ])
    func theStationDecidesByItsKeys(isOnline: Bool, on: String, tag: String, expected: LocalAuthorisation.Verdict) {
        let now = Timestamp(seconds: 1000)
        var keys = ConfigurationKeys()
        keys.set("LocalPreAuthorize", to: on.contains("pre") ? "true" : "false")
        keys.set("LocalAuthorizeOffline", to: on.contains("offline") ? "true" : "false")
        keys.set("AllowOfflineTxForUnknownId", to: on.contains("unknown") ? "true" : "false")
        let list = LocalList(
            version: 1,
            entries: [
                entry("good"), entry("blocked", .blocked), entry("listed", .invalid),
                AuthorizationEntry(idTag: "old", idTagInfo: IdTagInfo(expiryDate: now, status: .accepted)),
            ])
        var cache = AuthorisationCache()
        cache.remember("cached", IdTagInfo(status: .accepted), at: now)
        cache.remember("listed", IdTagInfo(status: .accepted), at: now)
        let verdict = LocalAuthorisation(keys: keys, list: list, cache: cache).verdict(tag, isOnline: isOnline, at: now)
        switch (verdict, expected) {
        case (.accepted, .accepted): break
        default: #expect(verdict == expected)
        }
    }

    @Test func aListOrCacheThatIsOffIsNotAsked() {
        var keys = ConfigurationKeys()
        let list = LocalList(version: 1, entries: [entry("A")])
        var cache = AuthorisationCache()
        cache.remember("B", IdTagInfo(status: .accepted), at: Timestamp(seconds: 0))
        for (key, tag) in [("LocalAuthListEnabled", "A"), ("AuthorizationCacheEnabled", "B")] {
            let on = LocalAuthorisation(keys: keys, list: list, cache: cache)
            #expect(on.known(tag, at: Timestamp(seconds: 1)) != nil)
            keys.set(key, to: "false")
            let off = LocalAuthorisation(keys: keys, list: list, cache: cache)
            #expect(off.known(tag, at: Timestamp(seconds: 1)) == nil)
        }
    }
}
