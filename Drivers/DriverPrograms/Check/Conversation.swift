import DriverAPI
import Foundation
import Glibc

/// A conversation with a driver, message by message, as tests of drivers need it; used on one thread only.
final class Conversation {
    private let child: ChildProcess
    private var splitter = LineSplitter(longest: JSON.longest)
    private var errors = LineSplitter(longest: 2000)
    private var chunk = [UInt8](repeating: 0, count: 65536)
    private var store: [JSON: JSON] = [:]
    private var lastID = 0
    private let clock = SystemClock()
    /// Messages that nobody took yet.
    private var inbox: [RPCMessage] = []
    /// What was wrong on standard output.
    private(set) var faults: [String] = []
    /// What came on standard error, the last lines.
    private(set) var complaints: [String] = []
    private(set) var hasEnded = false
    /// What was said so far, and since when.
    private(set) var tape = Tape()
    private let began = SystemClock().now

    init(_ words: [String], folder: String, temporary: String) throws(ChildFailure) {
        child = try ChildProcess(
            words, folder: folder, environment: DriverEnvironment.variables(temporary: temporary))
    }

    deinit {
        child.signal(SIGKILL)
        var status: Int32 = 0
        _ = waitpid(child.pid, &status, 0)
    }

    /// Asks and waits for the answer; nil where none came in time.
    func ask(_ method: String, _ params: JSON, within limit: Duration = .seconds(10)) -> Result<JSON, RPCFailure>? {
        lastID += 1
        let id = JSON.number(Exact(lastID))
        send(RPCMessage.request(id: id, method: method, params: params).line)
        let answer = next(within: limit) { message in
            switch message {
            case .result(id, _), .failure(id, _): true
            default: false
            }
        }
        return switch answer {
        case .result(_, let json): .success(json)
        case .failure(_, let failure): .failure(failure)
        default: nil
        }
    }

    /// Writes bytes; gives up after 5 s with a driver that does not read.
    func send(_ bytes: [UInt8]) {
        note(bytes.last == 0x0a ? bytes.dropLast() : bytes[...], isQuestion: true)
        var rest = bytes[...]
        let end = clock.now.advanced(by: .seconds(5))
        while !rest.isEmpty, !hasEnded, clock.now < end {
            let count = rest.withUnsafeBytes { write(child.input, $0.baseAddress, $0.count) }
            if count > 0 { rest.removeFirst(count) } else { take(within: .milliseconds(20)) }
            if count < 0, errno != EAGAIN, errno != EINTR { return }
        }
    }

    /// The next message that is meant; those before stay for later.
    func next(within limit: Duration, _ isMeant: (RPCMessage) -> Bool) -> RPCMessage? {
        let end = clock.now.advanced(by: limit)
        while true {
            if let place = inbox.firstIndex(where: isMeant) { return inbox.remove(at: place) }
            let left = clock.now.duration(to: end)
            guard left > .zero, !hasEnded else { return nil }
            take(within: left)
        }
    }

    /// All that came and was not taken, after waiting for more.
    func rest(after wait: Duration) -> [RPCMessage] {
        _ = next(within: wait) { _ in false }
        defer { inbox = [] }
        return inbox
    }

    /// Closes standard input and waits for the end; how it ended, nil where it goes on.
    func finish(within limit: Duration) -> String? {
        child.closeInput()
        let end = clock.now.advanced(by: limit)
        while clock.now < end {
            if let ended = child.end() { return ended }
            take(within: .milliseconds(20))
        }
        return child.end()
    }

    private func take(within limit: Duration) {
        var descriptors = [
            pollfd(fd: child.output, events: Int16(POLLIN), revents: 0),
            pollfd(fd: child.error, events: Int16(POLLIN), revents: 0),
        ]
        guard poll(&descriptors, 2, Int32(clamping: limit.wholeNanoseconds / 1_000_000 + 1)) > 0 else { return }
        if descriptors[0].revents != 0 {
            let count = read(child.output, &chunk, chunk.count)
            if count > 0 { for line in splitter.take(chunk[..<count]) { take(line) } }
            if count == 0 {
                child.closeOutput()
                hasEnded = true
            }
        }
        if descriptors[1].revents != 0 {
            let count = read(child.error, &chunk, chunk.count)
            if count > 0 {
                complaints += errors.take(chunk[..<count]).map { String(decoding: $0, as: UTF8.self) }
                complaints = complaints.suffix(20)
            }
            if count == 0 { child.closeError() }
        }
    }

    private func note(_ line: ArraySlice<UInt8>, isQuestion: Bool) {
        guard tape.lines.count < Tape.longest else { return }
        let milliseconds = began.duration(to: clock.now).wholeNanoseconds / 1_000_000
        tape.lines.append(
            Tape.Line(
                at: Exact(Int128(milliseconds), over: 1000) ?? 0, isQuestion: isQuestion,
                text: String(decoding: line, as: UTF8.self)))
    }

    private func take(_ line: [UInt8]) {
        note(line[...], isQuestion: false)
        do throws(WireFault) {
            let message = try RPCMessage(line: line)
            switch message {
            case .request(let id, let method, let params): answer(id, method, params)
            case .notification(let method, let params):
                _ = try DeviceUpdate(method: method, params: params, now: clock.now)
                inbox.append(message)
            case .result, .failure: inbox.append(message)
            }
        } catch {
            faults.append("\(error); the line is \(String(decoding: line.prefix(120), as: UTF8.self))")
        }
    }

    private func answer(_ id: JSON, _ method: String, _ params: JSON) {
        let place: JSON = [params["device"] ?? .null, params["key"] ?? .null]
        switch method {
        case "store.get": send(RPCMessage.result(id: id, ["value": store[place] ?? .null]).line)
        case "store.set":
            store[place] = params["value"]
            send(RPCMessage.result(id: id, [:]).line)
        default: send(RPCMessage.failure(id: id, .unknownMethod(method)).line)
        }
    }
}
