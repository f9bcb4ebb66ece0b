import DriverAPI
import Foundation
import Network
import OCPP
import Storage
import Synchronization

@testable import Host

/// A link to a central system with a queue of its own, and a record of what happened.
final class LinkBench: Sendable {
    let folder: Folder
    let storage: SiteStorage
    let queue: TransactionQueue
    let link: BackendLink
    let log = HostLog()
    private let loop: NetworkLoop
    private let running: Mutex<[Task<Void, Never>]>
    private let heard = Mutex<[BackendEvent]>([])

    /// `boots`: a boot is sent and waited for before the queue is, as a station does.
    init(
        port: Int, path: String = "ocpp", id: String = "SITE 1#x", credentials: BasicCredentials? = nil,
        tls: TLSClient? = nil,
        secure: Bool = false, callTimeout: Duration = .seconds(20), rule: AttemptRule? = nil,
        ping: Duration? = nil, folder: Folder? = nil, target: BackendTarget? = nil
    ) async throws {
        self.folder = try folder ?? Folder()
        storage = try await SiteStorage(path: self.folder.path + "/site.sqlite")
        queue = try await storage.transactionQueue(
            for: Backend(url: "test", chargePoint: id), limits: QueueLimits(ballast: 0))
        loop = NetworkLoop()
        try loop.start()
        let target =
            try target ?? BackendTarget("\(secure ? "wss" : "ws")://localhost:\(port)/\(path)", id: id)
        let access = BackendAccess(target: target, credentials: credentials, tls: tls, pingInterval: ping)
        link = BackendLink(
            queue: queue, loop: loop, clock: SystemClock(), log: log,
            backOff: ReconnectBackOff(
                first: .milliseconds(50), longest: .milliseconds(400), afterRefusal: .milliseconds(500))
        ) { () async throws(BackendUnusable) in access }
        running = Mutex([])
        await link.set(callTimeout: callTimeout, rule: rule ?? AttemptRule(attempts: 3, interval: .seconds(1)))
        let events = link.events
        let link = link
        let tasks = [
            Task { await link.run() },
            Task { [weak self] in
                for await event in events { self?.heard.withLock { $0.append(event) } }
            },
        ]
        running.withLock { $0 = tasks }
    }

    var events: [BackendEvent] { heard.withLock { $0 } }
    var delivered: [QueuedMessage] {
        events.compactMap { if case .delivered(let message, _) = $0 { message } else { nil } }
    }
    var setAside: [String] {
        events.compactMap { if case .setAside(_, let reason) = $0 { reason } else { nil } }
    }
    var failures: [ConnectError] { events.compactMap { if case .failed(let error) = $0 { error } else { nil } } }
    var connections: Int { events.count { if case .connected = $0 { true } else { false } } }
    func outcome(_ number: Int) -> Outcome? {
        events.compactMap { if case .outcome(number, let outcome) = $0 { outcome } else { nil } }.first
    }

    /// Waits for something that must become so.
    func wait(_ what: String, for seconds: Double = 60, until condition: @Sendable () async throws -> Bool) async throws
    {
        let end = ContinuousClock.now + .seconds(seconds)
        while ContinuousClock.now < end {
            if try await condition() { return }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw Peer.Failure(description: "\(what) never came; events: \(events.suffix(20))")
    }

    func stop() async {
        let tasks = running.withLock { tasks in
            defer { tasks = [] }
            return tasks
        }
        tasks.first?.cancel()
        for task in tasks { await task.value }
        await loop.stop()
        await storage.close()
    }

    /// A whole transaction of `minutes` meter values in the queue; its local id.
    @discardableResult
    func charge(_ connector: Int, at second: Int = 0, minutes: Int = 1) async throws -> Int {
        let start = Timestamp(seconds: 1_780_000_000 + second)
        let begun = StartTransactionRequest(connectorId: connector, idTag: "CARD", meterStart: 1000, timestamp: start)
        let local = try await queue.append(.start(TransactionStart(begun, box: "box\(connector)"))).transaction ?? -1
        for minute in 0..<minutes {
            let request = MeterValuesRequest(
                connectorId: connector, transactionId: local,
                meterValue: [
                    MeterValue(
                        timestamp: start.advanced(bySeconds: 60 * (minute + 1)),
                        sampledValue: [SampledValue(value: "\(1100 + 100 * minute)")])
                ])
            try await queue.append(
                .meterValues(MeterReadings(request, transaction: local, energy: 1100 + 100 * minute)))
        }
        let ended = StopTransactionRequest(
            meterStop: 1100 + 100 * minutes, timestamp: start.advanced(bySeconds: 60 * minutes + 30),
            transactionId: local)
        try await queue.append(.stop(TransactionStop(ended, box: "box\(connector)", connector: connector)))
        await link.wake()
        return local
    }

    var waiting: Int { get async throws { try await storage.queues().first?.waiting ?? 0 } }
}
