/// What a read of one table costs on a line, in whole nanoseconds: `LineTiming.time` taken apart once per plan.
struct RequestCost {
    private let fixed: Int64
    private let byte: Int64
    private let isBits: Bool

    init(of table: RegisterTable, line: LineTiming, latency: Duration) {
        fixed = line.time(reading: 0, of: table, latency: max(latency, .zero)).nanoseconds
        isBits = table.isBits
        byte = if case .tcp = line { 100 } else { line.character.nanoseconds }
    }

    /// The cost of one request for `count` addresses.
    func callAsFunction(_ count: Int) -> Int64 {
        fixed + byte * Int64(isBits ? (count + 7) / 8 : 2 * count)
    }
}
