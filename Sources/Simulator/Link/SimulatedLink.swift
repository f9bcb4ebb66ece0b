import DriverAPI
import Modbus
import ReadPlanning
import Synchronization

/// A line that ends at simulated devices, one per unit id, and takes as long as a real one on its clock.
///
/// With a ``VirtualClock`` nothing waits in reality: a request moves the time by what the line model says.
public final class SimulatedLink: RegisterLink {
    /// The devices by unit id.
    public let devices: [UInt8: SimulatedDevice]
    /// What time passes with a request.
    public enum Pace: Hashable, Sendable {
        /// That of a line with devices that take `latency` to answer; the pauses of the units are kept.
        case line(LineTiming, latency: Duration)
        /// None, as long as the device answers.
        case instant
    }

    /// What time passes with a request.
    public let pace: Pace

    private let clock: any SiteClock
    private let traffic: Mutex<LineTraffic>

    /// Makes a line that was connected just now.
    public init(
        devices: [UInt8: SimulatedDevice], clock: any SiteClock, pace: Pace = .line(.tcp, latency: .milliseconds(5))
    ) {
        self.devices = devices
        self.clock = clock
        self.pace = pace
        traffic = Mutex(LineTraffic(connected: clock.now))
    }

    /// Whether the host is on the line; without it every request fails as unreachable.
    public var isConnected: Bool {
        get { traffic.withLock { $0.isConnected } }
        set { traffic.withLock { $0.isConnected = newValue } }
    }

    /// How many connections were made so far; a device that closes its connection makes one more.
    public var connectionEpoch: Int { traffic.withLock { $0.epoch } }

    /// When the last frame to `unit` left.
    public func lastFrame(to unit: UInt8) -> MonotonicTime? { traffic.withLock { $0.lastFrame[unit] } }

    /// Reads, and says when the request left and when its answer was there.
    public func answer(
        to request: ReadRequest, unit: UInt8, options: RequestOptions
    ) async throws(LinkError) -> Answer {
        let sent = try await send(to: unit, options.gaps, isWrite: false)
        let cost = cost { $0.time(reading: Int(request.count), of: request.table, latency: $1) }
        let answer = devices[unit]?.answer(to: request, at: sent) ?? .silence
        guard case .words(let words) = try await outcome(answer, unit, cost, options, isWrite: false) else {
            throw .garbled("a write was acknowledged instead of a read")
        }
        return Answer(words: words, sent: sent, received: clock.now)
    }

    /// Writes and waits for the acknowledgement.
    public func write(_ request: WriteRequest, unit: UInt8, options: RequestOptions) async throws(LinkError) {
        let sent = try await send(to: unit, options.gaps, isWrite: true)
        let cost = cost { $0.time(writing: request.words.count, function: request.function, latency: $1) }
        let answer = devices[unit]?.answer(to: request, at: sent) ?? .silence
        guard case .written = try await outcome(answer, unit, cost, options, isWrite: true) else {
            throw .garbled("words instead of an acknowledgement")
        }
    }

    /// Reads, changes and writes one register; bits outside `mask` stay.
    public func modify(
        _ address: UInt16, unit: UInt8, mask: UInt16, bits: UInt16, function: UInt8, options: RequestOptions
    ) async throws(LinkError) -> UInt16 {
        let present = try await read(ReadRequest(.holding, at: address, count: 1), unit: unit, options: options)
        let word = ((present.first ?? 0) & ~mask) | (bits & mask)
        try await write(WriteRequest(function: function, address: address, words: [word]), unit: unit, options: options)
        return word
    }

    // MARK: Time on the line

    /// Waits for the gaps the unit needs; when the frame leaves.
    private func send(to unit: UInt8, _ gaps: RequestGaps, isWrite: Bool) async throws(LinkError) -> MonotonicTime {
        if pace != .instant {
            let start = traffic.withLock { $0.start(for: unit, gaps, isWrite: isWrite) }
            if start > clock.now { try await sleep(until: start) }
        }
        guard isConnected else { throw .unreachable("the simulated line is not connected") }
        let sent = clock.now
        traffic.withLock { $0.lastFrame[unit] = sent }
        return sent
    }

    /// Lets the time pass that the exchange takes.
    private func outcome(
        _ answer: DeviceAnswer, _ unit: UInt8, _ cost: Duration, _ options: RequestOptions, isWrite: Bool
    ) async throws(LinkError) -> DeviceAnswer {
        let delay = devices[unit]?.faults.delay ?? .zero
        let isLost = answer == .silence || delay > options.timeout
        try await sleep(until: clock.now.advanced(by: isLost ? options.timeout : cost + delay))
        let end = clock.now
        traffic.withLock { $0.finish(unit, at: end, isWrite: isWrite) }
        if isLost { throw .timeout }
        switch answer {
        case .words, .written: return answer
        case .exception(let code): throw .exception(code)
        case .silence: throw .timeout
        case .disconnect:
            traffic.withLock { $0.reconnect(at: end) }
            throw .disconnected("the device closed the connection")
        }
    }

    private func cost(_ time: (LineTiming, Duration) -> Duration) -> Duration {
        switch pace {
        case .line(let line, let latency): time(line, latency)
        case .instant: .zero
        }
    }

    private func sleep(until moment: MonotonicTime) async throws(LinkError) {
        do { try await clock.sleep(until: moment, tolerance: nil) } catch { throw .cancelled }
    }
}
