import ReadPlanning

/// How a serial line sends its characters: `9600,8,n,1`.
public struct LineParameters: Hashable, Sendable, Codable {
    /// Bits per second; one of ``standardBauds``.
    public var baud: Int
    /// Data bits; RTU needs 8 (Modbus over Serial Line V1.02, 2.5.1).
    public var data: Int
    /// The parity bit.
    public var parity: Parity
    /// Stop bits, 1 or 2.
    public var stop: Int
    /// Who switches between sending and receiving.
    public var direction: LineDirection

    /// Makes parameters.
    public init(baud: Int, data: Int = 8, parity: Parity = .none, stop: Int = 1, direction: LineDirection = .adapter) {
        self.baud = baud
        self.data = data
        self.parity = parity
        self.stop = stop
        self.direction = direction
    }

    /// The rates that libmodbus sets on Linux; at any other it would silently take 9600.
    public static let standardBauds = [
        300, 600, 1200, 2400, 4800, 9600, 19200, 38400, 57600, 115200, 230400, 460800, 921600,
    ]

    /// The time model of such a line.
    public var timing: LineTiming { .serial(baud: baud, data: data, parity: parity, stop: stop) }
}

extension LineParameters: CustomStringConvertible {
    /// `9600,8,n,1`, or `9600,8,n,1,rs485`.
    public var description: String {
        "\(baud),\(data),\(parity.letter),\(stop)" + (direction == .adapter ? "" : ",\(direction.rawValue)")
    }
}
