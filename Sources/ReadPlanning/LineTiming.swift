/// The parity bit of a serial line.
public enum Parity: String, Codable, Sendable, CaseIterable {
    case none, even, odd
    /// `n`, `e` or `o`, as electricians write it.
    public var letter: Character { rawValue.first ?? "n" }
}

/// What a line costs: the time model the planner minimises.
///
/// Source: Modbus over Serial Line V1.02, 2.5.1.1: a character is start + data + parity + stop bits, frames are apart by
/// 3.5 characters, fixed at 1.75 ms above 19200 baud.
public enum LineTiming: Hashable, Sendable, Codable {
    /// A serial line.
    case serial(baud: Int, data: Int, parity: Parity, stop: Int)
    /// A TCP connection: bytes are nearly free.
    case tcp

    /// 8 data bits, 1 stop bit.
    public static func serial(_ baud: Int, _ parity: Parity, stop: Int = 1) -> LineTiming {
        .serial(baud: baud, data: 8, parity: parity, stop: stop)
    }

    /// How long one character takes; zero on TCP.
    public var character: Duration {
        guard case .serial(let baud, let data, let parity, let stop) = self, baud > 0 else { return .zero }
        let bits = 1 + data + (parity == .none ? 0 : 1) + stop
        return .nanoseconds(Int64(bits) * 1_000_000_000 / Int64(baud))
    }

    /// The silence between two frames; zero on TCP.
    public var silence: Duration {
        guard case .serial(let baud, _, _, _) = self else { return .zero }
        return baud > 19200 ? .microseconds(1750) : character * 7 / 2
    }

    /// How long a read of `count` addresses takes, given the device's turnaround `latency`.
    ///
    /// RTU: 8 bytes out, 5 + 2N back (bits: 5 + ⌈N/8⌉), silence twice. TCP: the latency, and 0.1 µs a byte.
    public func time(reading count: Int, of table: RegisterTable, latency: Duration) -> Duration {
        let bytes = table.isBits ? (count + 7) / 8 : 2 * count
        if case .tcp = self { return latency + .nanoseconds(Int64(100 * bytes)) }
        return character * (13 + bytes) + silence * 2 + latency
    }

    /// How long a write of `count` addresses takes, answer included.
    public func time(writing count: Int, function: UInt8, latency: Duration) -> Duration {
        let payload = function == 16 ? 1 + 2 * count : function == 15 ? 1 + (count + 7) / 8 : 0
        if case .tcp = self { return latency }
        return character * (16 + payload) + silence * 2 + latency
    }
}
