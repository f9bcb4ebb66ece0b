import CModbus
import DriverAPI
import Glibc

/// The thread of a server: one epoll loop over all listeners, connections and lines. Lives on that thread alone.
final class ServerLoop {
    /// What is done at a certain moment.
    enum Timed {
        case reply([UInt8], to: UInt64)
        /// RTU bytes stay unfinished since the moment given.
        case silence(UInt64, since: MonotonicTime)
        case reopen(UInt64)
        /// A client's request stays unfinished since the moment given.
        case unfinished(UInt64, since: MonotonicTime)
    }

    private static let wakeID: UInt64 = 0
    static let reopenPause = Duration.seconds(2)

    let poll: Int32
    let mailbox: Mailbox
    let clock = SystemClock()
    var listeners: [UInt64: ListenerSource] = [:]
    var clientCounts: [UInt64: Int] = [:]
    var connections: [UInt64: ServerConnection] = [:]
    var lines: [UInt64: ServerLine] = [:]
    var timers = TimerQueue<Timed>()
    var lastConnection: UInt64 = 0
    var lastRequest: UInt64 = 0
    /// Given up for a moment to accept and close a client when the process has no descriptor left.
    var spare: Int32
    let room: UnsafeMutableRawBufferPointer

    init(poll: Int32, mailbox: Mailbox) {
        self.poll = poll
        self.mailbox = mailbox
        spare = open("/dev/null", O_RDWR | O_CLOEXEC)
        room = .allocate(byteCount: 16 * 1024, alignment: 16)
    }

    deinit { room.deallocate() }

    /// Works until the server is closed.
    func run() {
        watch(mailbox.descriptor, ServerLoop.wakeID, CH_EPOLLIN)
        var events = [epoll_event](repeating: epoll_event(), count: 256)
        var isOpen = true
        while isOpen {
            let count = waitForEvents(&events)
            for index in 0..<max(0, Int(count)) {
                let event = events[index]
                if event.data.u64 == ServerLoop.wakeID {
                    isOpen = obey(mailbox.takeAll()) && isOpen
                } else {
                    handle(event.data.u64, event.events)
                }
            }
            runTimers()
        }
        closeAll()
    }

    private func waitForEvents(_ events: inout [epoll_event]) -> Int32 {
        guard let due = timers.next else { return epoll_wait(poll, &events, Int32(events.count), -1) }
        let left = max(0, due.nanoseconds - clock.now.nanoseconds)
        var time = timespec(tv_sec: Int(left / 1_000_000_000), tv_nsec: Int(left % 1_000_000_000))
        return epoll_pwait2(poll, &events, Int32(events.count), &time, nil)
    }

    func watch(_ fd: Int32, _ id: UInt64, _ events: UInt32, change: Bool = false) {
        var event = epoll_event()
        event.events = events
        event.data.u64 = id
        epoll_ctl(poll, change ? EPOLL_CTL_MOD : EPOLL_CTL_ADD, fd, &event)
    }

    /// Does what other threads asked for; false when that was to end.
    private func obey(_ commands: [ServerCommand]) -> Bool {
        var goesOn = true
        for command in commands {
            switch command {
            case .listen(let source):
                listeners[source.id] = source
                watch(source.fd, source.id, CH_EPOLLIN)
            case .line(let source):
                let line = ServerLine(source)
                lines[source.id] = line
                watch(line.fd, source.id, CH_EPOLLIN)
            case .stop(let id, let done):
                stop(id)
                done?.resume()
            case .disconnect(let id, let done):
                disconnectClients(of: id)
                done?.resume()
            case .reply(let reply, let path): finish(path, with: reply)
            case .close: goesOn = false
            }
        }
        return goesOn
    }

    private func handle(_ id: UInt64, _ events: UInt32) {
        if let connection = connections[id] {
            if events & CH_EPOLLOUT != 0, !connection.flush() { return close(connection) }
            // Nothing is read from a client that has enough requests waiting, unless it is gone.
            if connection.isFull, events & (CH_EPOLLRDHUP | CH_EPOLLHUP | CH_EPOLLERR) != 0 { return close(connection) }
            if events & (CH_EPOLLIN | CH_EPOLLHUP | CH_EPOLLERR) != 0 { receive(connection) }
            if connections[id] != nil { watchAgain(connection) }
        } else if let source = listeners[id] {
            accept(source)
        } else if let line = lines[id] {
            receive(line)
        }
    }

    private func runTimers() {
        let now = clock.now
        while let action = timers.take(due: now) {
            switch action {
            case .reply(let bytes, let id): write(bytes, to: id)
            case .silence(let id, let since): endFrame(id, since: since)
            case .reopen(let id): reopen(id)
            case .unfinished(let id, let since):
                if let connection = connections[id], connection.unfinishedSince == since { close(connection) }
            }
        }
    }

    private func closeAll() {
        for id in listeners.keys { stop(id) }
        for id in lines.keys { stop(id) }
        if spare >= 0 { Glibc.close(spare) }
        Glibc.close(poll)
    }
}
