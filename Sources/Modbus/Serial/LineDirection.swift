/// Who switches an RS-485 line between sending and receiving; the last part of `COM1,9600,8,n,1,rs485`.
public enum LineDirection: String, Hashable, Sendable, Codable, CaseIterable {
    /// The adapter by itself, as nearly all USB adapters do; nothing is written.
    case adapter = ""
    /// The kernel, by RTS high while it sends (Linux, serial-rs485: TIOCSRS485).
    case kernel = "rs485"
    /// The kernel, by RTS low while it sends.
    case kernelInverted = "rs485-inverted"
    /// This program, by RTS high while it sends; late by up to some ms on a loaded machine.
    case program = "rts"
    /// This program, by RTS low while it sends.
    case programInverted = "rts-inverted"
}
