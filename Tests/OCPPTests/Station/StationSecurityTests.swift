import OCPP
import Testing

@Suite("Station: security, firmware and logs, 66")
struct StationSecurityTests {
    private static let oldKey = "0123456789abcdef0123456789abcdef"
    private static let newKey = "fedcba9876543210fedcba9876543210"

    @Test("66: a new AuthorizationKey is Accepted first, then the connection is made anew")
    func newKeyReconnects() {
        var site = TestStation()
        site.boot()
        #expect(site.set("AuthorizationKey", StationSecurityTests.newKey) == .accepted)
        let order = site.effects.compactMap { effect -> String? in
            switch effect {
            case .answer: "answer"
            case .reconnect: "reconnect"
            default: nil
            }
        }
        #expect(order == ["answer", "reconnect"])
        #expect(site.station.keys.value("AuthorizationKey") == StationSecurityTests.newKey)
    }

    @Test("66: a refused key: the old one counts again")
    func refusedKeyIsTakenBack() {
        var site = TestStation(memory: StationMemory(keys: ["AuthorizationKey": StationSecurityTests.oldKey]))
        site.boot()
        site.set("AuthorizationKey", StationSecurityTests.newKey)
        site.give(.disconnected)
        site.forgetAll()
        site.give(.credentialsRefused)
        #expect(site.station.keys.value("AuthorizationKey") == StationSecurityTests.oldKey)
        #expect(site.reconnects == 1)
        let stored = site.stored.compactMap { change -> String? in
            if case .key(let name, _, let value) = change { "\(name)=\(value)" } else { nil }
        }
        #expect(stored == ["AuthorizationKey=\(StationSecurityTests.oldKey)"])
    }

    @Test("66: a key that has worked stays, whatever is refused later")
    func workingKeyStays() {
        var site = TestStation(memory: StationMemory(keys: ["AuthorizationKey": StationSecurityTests.oldKey]))
        site.boot()
        site.set("AuthorizationKey", StationSecurityTests.newKey)
        site.give(.disconnected)
        site.give(.connected)
        site.give(.disconnected)
        site.give(.credentialsRefused)
        #expect(site.station.keys.value("AuthorizationKey") == StationSecurityTests.newKey)
    }

    @Test("66: SecurityProfile only goes up, and only to one that has what it needs")
    func securityProfileGoesUp() {
        var site = TestStation(securityProfiles: [0, 1, 2])
        site.boot()
        #expect(site.set("SecurityProfile", "3") == .rejected)
        #expect(site.set("SecurityProfile", "2") == .accepted)
        #expect(site.reconnects == 1)
        site.give(.disconnected)
        site.give(.connected)
        #expect(site.set("SecurityProfile", "1") == .rejected)
        #expect(site.station.keys.value("SecurityProfile") == "2")
    }

    @Test("66: security events are kept while the backend is away, sent in order, and forgotten when taken")
    func securityEventsAreKept() {
        var site = TestStation()
        site.give(.tick)
        site.give(.securityEvent(type: "InvalidCentralSystemCertificate", techInfo: "wrong host name"))
        #expect(site.calls.isEmpty)
        site.give(.connected)
        site.answerBoot()
        #expect(site.sent(SecurityEventNotificationRequest.self).map(\.type) == ["InvalidCentralSystemCertificate"])
        site.end(SecurityEventNotificationRequest.self, .answered(JSONObject()))
        #expect(site.sent(SecurityEventNotificationRequest.self).last?.type == "StartupOfTheDevice")
        site.give(.disconnected)
        site.forgetAll()
        site.give(.connected)
        #expect(site.sent(SecurityEventNotificationRequest.self).map(\.type) == ["StartupOfTheDevice"])
        site.end(SecurityEventNotificationRequest.self, .answered(JSONObject()))
        let left = site.stored.compactMap { change -> Int? in
            if case .securityEvents(let events) = change { events.count } else { nil }
        }
        #expect(left.last == 0)
    }

    @Test func aBackendWithoutTheExtensionIsAskedOncePerConnection() {
        var site = TestStation()
        site.boot()
        site.end(SecurityEventNotificationRequest.self, .refused(CallError(.notImplemented)))
        site.give(.securityEvent(type: "MemoryExhaustion", techInfo: nil))
        site.pass(.seconds(100))
        #expect(site.sent(SecurityEventNotificationRequest.self).count == 1)
    }

    @Test func certificatesAreTheHostsAndAnswersGoBack() {
        var site = TestStation()
        site.boot()
        let request = InstallCertificateRequest(
            certificateType: .centralSystemRootCertificate, certificate: "-----BEGIN CERTIFICATE-----")
        #expect(site.ask(request, id: "c1") == nil)
        let handed = site.effects.compactMap { effect -> String? in
            if case .toHost(let id, _) = effect { id } else { nil }
        }
        #expect(handed == ["c1"])
        site.give(.hostAnswer(id: "c1", .success(InstallCertificateResponse(status: .failed))))
        #expect((site.answers["c1"] as? InstallCertificateResponse)?.status == .failed)
        site.give(.hostAnswer(id: "c2", .failure(CallError(.notSupported))))
        #expect(site.refusals["c2"]?.code == .notSupported)
    }

    @Test func aChainThatIsTooLongIsRejected() {
        var site = TestStation()
        site.boot()
        let long = CertificateSignedRequest(certificateChain: String(repeating: "A", count: 10_001))
        #expect(site.ask(long)?.status == .rejected)
        let fits = CertificateSignedRequest(certificateChain: String(repeating: "A", count: 10_000))
        #expect(site.ask(fits, id: "fits") == nil)
    }

    @Test func theSigningRequestFollowsTheTrigger() {
        var site = TestStation()
        site.boot()
        let trigger = ExtendedTriggerMessageRequest(requestedMessage: .signChargePointCertificate)
        #expect(site.ask(trigger)?.status == .accepted)
        #expect(site.effects.contains { if case .makeSigningRequest = $0 { true } else { false } })
        site.give(.signingRequest("-----BEGIN CERTIFICATE REQUEST-----"))
        #expect(site.sent(SignCertificateRequest.self).map(\.csr) == ["-----BEGIN CERTIFICATE REQUEST-----"])
    }

    @Test func whatHappensOfflineToFirmwareIsToldLater() {
        var site = TestStation()
        site.boot()
        site.give(.disconnected)
        site.forgetAll()
        site.give(.firmware(.downloading))
        site.give(.firmware(.downloaded))
        #expect(site.calls.isEmpty)
        site.give(.connected)
        #expect(site.sent(FirmwareStatusNotificationRequest.self).map(\.status) == [.downloading, .downloaded])
    }

    @Test func idleConnectorsAreUnavailableWhileFirmwareIsInstalled() {
        var site = TestStation()
        site.boot()
        site.charge(1)
        site.give(.firmware(.installing))
        #expect(site.station.status(of: 1) == .charging)
        #expect(site.station.status(of: 2) == .unavailable)
        site.give(.firmware(.installationFailed))
        #expect(site.station.status(of: 2) == .available)
    }

    @Test func aTransferThatIsOverIsIdleWhenTriggered() {
        var site = TestStation()
        site.boot()
        site.give(.diagnostics(.uploading))
        site.ask(TriggerMessageRequest(requestedMessage: .diagnosticsStatusNotification))
        site.give(.diagnostics(.uploaded))
        site.ask(TriggerMessageRequest(requestedMessage: .diagnosticsStatusNotification))
        #expect(
            site.sent(DiagnosticsStatusNotificationRequest.self).map(\.status)
                == [.uploading, .uploading, .uploaded, .idle])
        site.give(.firmware(.installed))
        site.ask(TriggerMessageRequest(requestedMessage: .firmwareStatusNotification))
        #expect(site.sent(FirmwareStatusNotificationRequest.self).map(\.status) == [.installed, .idle])
        site.give(.log(.uploading, requestId: 8))
        site.ask(ExtendedTriggerMessageRequest(requestedMessage: .logStatusNotification))
        #expect(site.sent(LogStatusNotificationRequest.self).map(\.requestId) == [8, 8])
    }
}
