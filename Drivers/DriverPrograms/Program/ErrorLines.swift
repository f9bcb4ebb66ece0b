import DriverAPI

/// What a driver writes to standard error, on its way into the log: 20 lines a second, 200 at once, 2000 bytes each.
struct ErrorLines {
    private var splitter = LineSplitter(longest: 2000)
    private var bucket: TokenBucket
    private var dropped = 0

    init(now: MonotonicTime) { bucket = TokenBucket(rate: 20, burst: 200, now: now) }

    /// Takes what came; `log` gets the lines that may pass.
    mutating func take(_ bytes: some Sequence<UInt8>, now: MonotonicTime, log: (String) -> Void) {
        for line in splitter.take(bytes) {
            guard bucket.take(now: now) else {
                dropped += 1
                continue
            }
            close(log: log)
            log(Self.printable(line))
        }
    }

    /// Tells how many lines were dropped since it was told last.
    mutating func close(log: (String) -> Void) {
        if dropped > 0 { log("\(dropped) lines of its standard error were dropped") }
        dropped = 0
    }

    private static func printable(_ line: [UInt8]) -> String {
        var text = ""
        for scalar in String(decoding: line, as: UTF8.self).unicodeScalars {
            let isControl = scalar.properties.generalCategory == .control && scalar != "\t"
            text += isControl ? scalar.escaped(asASCII: true) : String(scalar)
        }
        return text
    }
}
