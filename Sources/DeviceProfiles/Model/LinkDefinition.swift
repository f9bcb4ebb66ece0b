import ReadPlanning

/// How a device is reached: the profile's `link`.
public struct LinkDefinition: Hashable, Sendable {
    /// Parameters of a serial line.
    public struct Serial: Hashable, Sendable {
        /// Bits per second.
        public var baud: Int
        /// Data bits.
        public var data: Int
        /// The parity bit.
        public var parity: Parity
        /// Stop bits, 1 or 2.
        public var stop: Int

        /// Makes parameters.
        public init(baud: Int, data: Int = 8, parity: Parity, stop: Int) {
            self.baud = baud
            self.data = data
            self.parity = parity
            self.stop = stop
        }
        /// The time model of such a line.
        public var timing: LineTiming { .serial(baud: baud, data: data, parity: parity, stop: stop) }
    }

    /// The device's pauses and patience.
    public struct Timing: Hashable, Sendable {
        /// The longest wait for an answer.
        public var timeout: Duration = .seconds(1)
        /// Between two requests to this unit.
        public var minGap: Duration = .zero
        /// On the line after traffic with another unit.
        public var neighbourGap: Duration = .zero
        /// Between two writes to this unit.
        public var writeGap: Duration = .zero
        /// After connecting.
        public var pauseAfterConnect: Duration = .zero
        /// After a write.
        public var pauseAfterWrite: Duration = .zero
        /// Repeats after a timeout or checksum error.
        public var retries: Int = 2
        /// The wait after exception 5 or 6.
        public var busy: Duration = .milliseconds(500)

        /// Makes the defaults.
        public init() {}
    }

    /// The TCP port; nil if the device has no TCP.
    public var tcpPort: Int?
    /// The serial parameters; nil if the device has no RTU.
    public var serial: Serial?
    /// The unit id a new device has.
    public var defaultUnit: UInt8 = 1
    /// The unit ids it can have.
    public var unitRange: ClosedRange<Int> = 1...247
    /// How many connections it accepts; nil for many.
    public var clients: Int?
    /// Pauses and patience.
    public var timing = Timing()

    /// Makes the defaults.
    public init() {}
}
