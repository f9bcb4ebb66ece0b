/// Bytes as people read them.
enum Hex {
    /// Two digits.
    static func byte(_ value: UInt8) -> String {
        let text = String(value, radix: 16, uppercase: true)
        return text.count < 2 ? "0" + text : text
    }
}
