import ReadPlanning

/// A point named after its address.
func point(
    _ address: Int, _ count: Int = 2, _ table: RegisterTable = .holding, unit: UInt8? = nil, atomic: String? = nil,
    divisible: Bool = false
) -> PlanItem {
    PlanItem(
        points: ["at\(address)"], table: table, unit: unit, address: address, count: count, atomic: atomic,
        divisible: divisible)
}

/// The requests as text.
func plan(
    _ items: [PlanItem], _ constraints: PlanConstraints = .init(), line: LineTiming = .serial(9600, .none),
    latency: Duration = .milliseconds(30)
) -> [String] {
    ReadPlanner(constraints: constraints, line: line, latency: latency).plan(items).plan.entries.map(\.description)
}

/// What can not be read, and why.
func problems(_ items: [PlanItem], _ constraints: PlanConstraints = .init()) -> [PlanProblem] {
    ReadPlanner(constraints: constraints, line: .tcp, latency: .milliseconds(5)).plan(items).problems
}

extension Duration {
    /// Milliseconds, rounded.
    var roundedMilliseconds: Int { Int((self / .milliseconds(1)).rounded()) }
}

/// The 30 values of an SDM630 (Eastron's Modbus protocol implementation): 18 in 0x00 to 0x23, total W, VA, var, power
/// factor, frequency, import, export, neutral current, total kWh, kWh per phase; floats of two registers.
enum SDM630 {
    static let all =
        (Array(stride(from: 0, to: 0x24, by: 2))
        + [0x34, 0x38, 0x3C, 0x3E, 0x46, 0x48, 0x4A, 0xE0, 0x156, 0x15A, 0x15C, 0x15E]).map { point($0, 2, .input) }

    static let constraints = PlanConstraints(
        maxRead: [.input: 80],
        readable: [.input: [0...0x57, 0xC8...0x10F, 0x14E...0x17F], .holding: [0xFC00...0xFC03]])
}
