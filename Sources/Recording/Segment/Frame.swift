/// How records stand in a file: length, checksum, content.
///
/// The length is in groups of seven bits, the lowest first, the top bit says that more follow (LEB128); then four bytes of
/// CRC-32 of the content, the lowest first.
enum Frame {
    /// The longest record there may be, in bytes.
    static let longest = 1 << 26

    /// What stands at a place of a file.
    enum Found {
        /// A record, and where the next one begins.
        case record(ArraySlice<UInt8>, next: Int)
        /// The end of the file, or zeros up to it.
        case end
        /// A record that was not written to its end.
        case cut
        /// A record that was changed after it was written.
        case damaged
    }

    /// The record `content` as it is written.
    static func framed(_ content: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(content.count + 8)
        var length = UInt32(content.count)
        while length > 127 {
            bytes.append(UInt8(truncatingIfNeeded: length) | 0x80)
            length >>= 7
        }
        bytes.append(UInt8(length))
        let sum = Checksum.of(content)
        for shift in stride(from: 0, to: 32, by: 8) { bytes.append(UInt8(truncatingIfNeeded: sum >> UInt32(shift))) }
        return bytes + content
    }

    /// What stands at `place`.
    static func find(_ bytes: [UInt8], at place: Int) -> Found {
        var place = place
        guard place < bytes.count else { return .end }
        // A file system may show zeros where the power went away before the bytes were there.
        if bytes[place] == 0 { return bytes[place...].allSatisfy { $0 == 0 } ? .end : .damaged }
        var length = 0
        var shift = 0
        while true {
            guard place < bytes.count else { return .cut }
            let byte = bytes[place]
            place += 1
            length |= Int(byte & 0x7F) << shift
            shift += 7
            if byte & 0x80 == 0 { break }
            if shift > 28 { return .damaged }
        }
        guard length <= longest else { return .damaged }
        guard bytes.count - place >= 4 + length else { return .cut }
        let sum = bytes[place..<place + 4].reversed().reduce(UInt32(0)) { $0 << 8 | UInt32($1) }
        let content = bytes[(place + 4)..<(place + 4 + length)]
        return Checksum.of(content) == sum ? .record(content, next: place + 4 + length) : .damaged
    }
}
