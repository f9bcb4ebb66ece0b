import CModbus
import DriverAPI
import Glibc

extension ServerLoop {
    /// Reads what came over a line and answers what is complete.
    func receive(_ line: ServerLine) {
        let count = read(line.fd, room.baseAddress, room.count)
        guard count > 0 else {
            if count == 0 || (errno != EAGAIN && errno != EINTR) { lose(line) }
            return
        }
        let now = clock.now
        if line.framer.isOpen, line.lastByte.duration(to: now) > line.pause { line.framer.discard() }
        line.lastByte = now
        line.framer.feed(UnsafeRawBufferPointer(rebasing: room[..<count]), at: now)
        while true {
            switch line.framer.next() {
            case .frame(let frame):
                let end = line.end(of: frame, now: now)
                serve(frame, line.source.handler, source: line.source.id, requestEnd: end)
            case .garbage: return line.framer.discard()
            case .incomplete:
                if line.framer.isOpen {
                    timers.add(.silence(line.source.id, since: now), at: now.advanced(by: line.pause))
                }
                return
            }
        }
    }

    /// RTU bytes were left alone: they are a frame of unknown length, or nothing.
    func endFrame(_ id: UInt64, since: MonotonicTime) {
        let now = clock.now
        if let line = lines[id], line.framer.isOpen, line.lastByte == since {
            if case .frame(let frame) = line.framer.silence() {
                serve(frame, line.source.handler, source: id, requestEnd: line.end(of: frame, now: now))
            }
        } else if let connection = connections[id], connection.rtu.isOpen, connection.lastByte == since {
            if case .frame(let frame) = connection.rtu.silence() {
                serve(frame, connection.handler, source: id, requestEnd: now)
            }
        }
    }

    /// A device ended: the adapter was pulled.
    private func lose(_ line: ServerLine) {
        release(line)
        line.framer.discard()
        if case .device = line.source.kind {
            timers.add(.reopen(line.source.id), at: clock.now.advanced(by: ServerLoop.reopenPause))
        }
    }

    /// Looks whether a device is back.
    func reopen(_ id: UInt64) {
        guard let line = lines[id], line.fd < 0, case .device(let path, let parameters, _) = line.source.kind else {
            return
        }
        if let fd = try? LineDevice.open(path, parameters) {
            line.fd = fd
            watch(fd, id, CH_EPOLLIN)
        } else {
            timers.add(.reopen(id), at: clock.now.advanced(by: ServerLoop.reopenPause))
        }
    }

    /// Lets go of a line's descriptor; a pseudo-terminal keeps its own.
    func release(_ line: ServerLine) {
        guard line.fd >= 0 else { return }
        if case .device = line.source.kind {
            Glibc.close(line.fd)
        } else {
            epoll_ctl(poll, EPOLL_CTL_DEL, line.fd, nil)
        }
        line.fd = -1
    }
}
