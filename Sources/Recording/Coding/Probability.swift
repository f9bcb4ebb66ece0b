/// How likely a bit is 0, learned from the bits before; 15 binary digits.
struct Probability {
    /// The chance of a 0 in 32768ths, never 0 nor 1.
    private(set) var ofZero: UInt16 = 1 << 14
    private var count: UInt8 = 0

    static let digits: UInt32 = 15

    /// Learns one bit: fast at first, then a 64th of the way each time.
    mutating func learn(_ bit: Bool) {
        let shift = UInt16(2 + count)
        if count < 4 { count += 1 }
        if bit { ofZero -= (ofZero - 32) >> shift } else { ofZero += (32736 - ofZero) >> shift }
    }
}
