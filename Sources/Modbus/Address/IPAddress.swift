import CModbus
import Glibc

/// IP addresses in figures.
public enum IPAddress {
    /// The one way to write an address of version 4 or 6; nil if the text is none.
    public static func canonical(_ text: String) -> String? {
        var four = in_addr()
        var six = in6_addr()
        var buffer = [CChar](repeating: 0, count: 64)
        if inet_pton(AF_INET, text, &four) == 1 {
            inet_ntop(AF_INET, &four, &buffer, socklen_t(buffer.count))
        } else if inet_pton(AF_INET6, text, &six) == 1 {
            inet_ntop(AF_INET6, &six, &buffer, socklen_t(buffer.count))
        } else {
            return nil
        }
        return String(decoding: buffer.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }
}
