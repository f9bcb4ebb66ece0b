/// A version of TLS; older ones are never spoken (RFC 8996).
public enum TLSVersion: Int32, Hashable, Sendable {
    /// TLS 1.2 (RFC 5246), the least the OCPP security profiles allow.
    case v12 = 0x0303
    /// TLS 1.3 (RFC 8446).
    case v13 = 0x0304
}
