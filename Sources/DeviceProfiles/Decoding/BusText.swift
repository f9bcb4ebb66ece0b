import ReadPlanning

/// A line as site files and tests write it: `9600,8,n,1` or `tcp`.
public enum BusText {
    /// The line's timing; nil for anything else.
    public static func line(_ text: String) -> LineTiming? {
        if text == "tcp" { return .tcp }
        let parts = text.split(separator: ",", omittingEmptySubsequences: false)
        guard parts.count == 4, let baud = try? ValueText.integer(String(parts[0]), in: 300...4_000_000),
            let data = try? ValueText.integer(String(parts[1]), in: 5...8),
            let parity = Parity.allCases.first(where: { parts[2] == String($0.letter) }),
            let stop = try? ValueText.integer(String(parts[3]), in: 1...2)
        else { return nil }
        return .serial(baud: baud, data: data, parity: parity, stop: stop)
    }
}
