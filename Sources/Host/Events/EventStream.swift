import DriverAPI

/// Tells open pages what changes: first the whole site, then the changes, coalesced to at most one message every 100 ms.
///
/// Each message is encoded once and every page gets the same text. While no page is open nothing is asked for or encoded.
/// When nothing changes a message with the time goes out every 5 s, so that a page notices a host that has gone.
public actor EventStream {
    /// The least time between two messages.
    public static let interval = Duration.milliseconds(100)
    /// The longest time between two messages.
    public static let heartbeat = Duration.seconds(5)

    private let clock: any SiteClock
    private let history: PowerHistory
    private var source: @Sendable () async -> SiteStatus? = { nil }
    private let pulse = ChangePulse()
    private var pages: [Int: Page] = [:]
    private var nextPage = 0
    private var published: SiteStatus?
    private var lastPoint: Int64?
    private var sequence: UInt64 = 0
    private var lastSent = MonotonicTime.zero
    private var publisher: Task<Void, Never>?

    /// Takes a message without waiting; false when the page is gone.
    public typealias Delivery = @Sendable (PageMessage) -> Bool

    private struct Page {
        var deliver: Delivery
        var hasSnapshot = false
    }

    /// A stream that takes its time from `clock` and the chart's points from `history`.
    public init(clock: any SiteClock, history: PowerHistory) {
        self.clock = clock
        self.history = history
    }

    /// Tells what `source` says; it is asked only while a page is open.
    public func follow(_ source: @escaping @Sendable () async -> SiteStatus?) { self.source = source }

    /// How many pages are open.
    public var count: Int { pages.count }

    /// Something may have changed; costs next to nothing while no page is open.
    public nonisolated func changed() { pulse.beat() }

    /// Begins to send one page its messages, a snapshot first; the number is what ``close(_:)`` wants.
    public func open(_ deliver: @escaping Delivery) -> Int {
        let id = nextPage
        nextPage += 1
        pages[id] = Page(deliver: deliver)
        if publisher == nil {
            let beats = pulse.start()
            publisher = Task { [weak self, clock] in
                for await _ in beats {
                    await self?.publish()
                    do { try await clock.sleep(Self.interval) } catch { return }
                }
            }
        }
        pulse.beat()
        return id
    }

    /// A page is gone.
    public func close(_ id: Int) {
        pages[id] = nil
        if pages.isEmpty { stop() }
    }

    /// Ends all pages.
    public func stop() {
        publisher?.cancel()
        publisher = nil
        pulse.stop()
        pages = [:]
        published = nil
    }

    private func publish() async {
        guard let status = await source(), !pages.isEmpty else { return }
        let now = clock.now
        if let old = published {
            var change = SiteChange(from: old, to: status, sequence: sequence + 1)
            change.history = newPoint()
            if !change.isEmpty || lastSent.duration(to: now) >= Self.heartbeat {
                sequence += 1
                published = status
                lastSent = now
                send(change) { $0.hasSnapshot }
            }
        } else {
            published = status
            lastPoint = history.newest?.number
            lastSent = now
        }
        guard let published, pages.values.contains(where: { !$0.hasSnapshot }) else { return }
        send(SiteSnapshot(sequence: sequence, site: published)) { !$0.hasSnapshot }
        for id in pages.keys { pages[id]?.hasSnapshot = true }
    }

    private func newPoint() -> HistoryPoint? {
        guard let point = history.newest, point.number != lastPoint else { return nil }
        lastPoint = point.number
        return point
    }

    private func send(_ event: some Encodable, to isMeant: (Page) -> Bool) {
        guard let message = PageMessage(event) else { return }
        for (id, page) in pages where isMeant(page) && !page.deliver(message) { pages[id] = nil }
    }
}
