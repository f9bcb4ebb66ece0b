import ReadPlanning

/// Frames and plan requests as tests write them.
enum FrameText {
    /// A request of a plan, its address still as the file counts.
    struct PlanRequest {
        var unit: UInt8?
        var function: UInt8
        var address: Int
        var count: Int
    }

    /// `06 1F9D 0064`, `05 0190 FF00`, `15 0010 1011`: the address is on the wire.
    static func isWriteFrame(_ text: String) -> Bool {
        let parts = text.split(separator: " ", omittingEmptySubsequences: false)
        guard parts.count >= 3, isWord(parts[1]) else { return false }
        switch parts[0] {
        case "05": return parts.count == 3 && (parts[2] == "FF00" || parts[2] == "0000")
        case "06": return parts.count == 3 && isWord(parts[2])
        case "15": return parts.count == 3 && parts[2].allSatisfy { $0 == "0" || $0 == "1" }
        case "16": return parts.dropFirst(2).allSatisfy(isWord)
        default: return false
        }
    }

    private static func isWord(_ text: Substring) -> Bool {
        text.utf8.count == 4 && text.allSatisfy { $0.isHexDigit && !$0.isLowercase }
    }

    /// `04 0x0034+20`, `@200 03 100+6`.
    static func planRequest(_ text: String) -> PlanRequest? {
        var parts = text.split(separator: " ", omittingEmptySubsequences: false)
        var unit: UInt8?
        if let first = parts.first, first.hasPrefix("@") {
            guard let id = try? ValueText.integer(String(first.dropFirst()), in: 0...255) else { return nil }
            unit = UInt8(id)
            parts.removeFirst()
        }
        guard parts.count == 2, ["01", "02", "03", "04"].contains(parts[0]), let function = UInt8(parts[0]) else {
            return nil
        }
        let place = parts[1].split(separator: "+", omittingEmptySubsequences: false)
        guard place.count == 2, let address = try? ValueText.integer(String(place[0]), in: 0...499_999),
            let count = try? ValueText.integer(String(place[1]), in: 1...65536)
        else {
            return nil
        }
        return PlanRequest(unit: unit, function: function, address: address, count: count)
    }
}
