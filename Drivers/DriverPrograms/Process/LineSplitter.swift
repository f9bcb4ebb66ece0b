/// Cuts what comes out of a pipe into lines; a line longer than `longest` is cut off there and the rest passed over.
struct LineSplitter {
    private let longest: Int
    private var pending: [UInt8] = []
    private var skipsRest = false

    init(longest: Int) { self.longest = longest }

    /// Takes bytes; the lines that are complete now. One byte more than the longest is kept, so that it shows.
    mutating func take(_ bytes: some Sequence<UInt8>) -> [[UInt8]] {
        var lines: [[UInt8]] = []
        for byte in bytes {
            if byte == 0x0a {
                if !skipsRest { lines.append(pending) }
                pending = []
                skipsRest = false
            } else if !skipsRest {
                pending.append(byte)
                if pending.count > longest {
                    lines.append(pending)
                    pending = []
                    skipsRest = true
                }
            }
        }
        return lines
    }
}
