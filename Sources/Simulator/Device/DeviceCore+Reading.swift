import DeviceProfiles
import DriverAPI
import ReadPlanning

extension DeviceCore {
    /// Answers a read of `count` addresses by a function code, as the profile's `modbus` says.
    mutating func read(function: UInt8, address: Int, count: Int) -> DeviceAnswer {
        if let answer = hear() { return answer }
        let answer = words(function: function, address: address, count: count)
        noteSign(.read)
        return faults.drops(request: requests) ? .silence : answer
    }

    private mutating func words(function: UInt8, address: Int, count: Int) -> DeviceAnswer {
        let tables = tables(readBy: function)
        guard let first = tables.first else { return .exception(1) }
        let constraints = map.profile.modbus.constraints
        let most = min(first.standardMaxRead, constraints.maxRead[first] ?? .max)
        guard count > 0, count <= most else { return .exception(3) }
        guard address + count <= 65536 else { return .exception(2) }
        let range = address..<address + count
        let open = tables.filter { refusal($0, range) == nil }
        guard let table = open.first(where: { image.holds($0, address) }) ?? open.first else {
            return .exception(refusal(first, range) ?? 2)
        }
        refresh()
        return .words(torn(table, range))
    }

    /// The tables that a function code reads; more than one where one function serves two tables.
    private func tables(readBy function: UInt8) -> [RegisterTable] {
        RegisterTable.allCases.filter { table in
            let reads = map.profile.modbus.constraints.readFunction[table] ?? table.standardReadFunction
            return reads == function && map.tables.contains(table)
        }
    }

    /// The exception that a read meets; nil when it is answered.
    private func refusal(_ table: RegisterTable, _ range: Range<Int>) -> UInt8? {
        if let code = exception(table, range) { return code }
        let constraints = map.profile.modbus.constraints
        let span = range.lowerBound...(range.upperBound - 1)
        if let islands = constraints.readable[table], !islands.contains(where: { $0.contains(span) }) { return 2 }
        if constraints.forbidden[table]?.contains(where: { $0.overlaps(span) }) ?? false { return 2 }
        if let whole = constraints.whole[table]?.first(where: { $0.overlaps(span) }), whole != span { return 2 }
        if !constraints.merging, !isOneItem(table, range) { return 2 }
        return nil
    }

    /// The code of the first address of a range that is refused.
    func exception(_ table: RegisterTable, _ range: Range<Int>) -> UInt8? {
        guard let codes = exceptions[table], !codes.isEmpty else { return nil }
        return range.lazy.compactMap { codes[$0] }.first
    }

    /// Whether a read asks for one value only: a device that merges nothing refuses parts of values and more than one.
    private func isOneItem(_ table: RegisterTable, _ range: Range<Int>) -> Bool {
        let touched = (map.items[table] ?? []).filter { $0.overlaps(range) }
        guard let item = touched.first else { return true }
        return touched.count == 1 && item.lowerBound >= range.lowerBound && item.upperBound <= range.upperBound
    }

    /// The words of a range; a change that is waiting happens half way through.
    private mutating func torn(_ table: RegisterTable, _ range: Range<Int>) -> [UInt16] {
        var words = image[table, range]
        guard let changes = torn[table], range.contains(where: { changes[$0] != nil }) else { return words }
        let waiting = torn
        torn = [:]
        pin(waiting)
        let half = words.count / 2
        words.replaceSubrange(half..., with: image[table, range][half...])
        return words
    }

    /// Takes note of a request; the answer of a device that is at fault.
    mutating func hear() -> DeviceAnswer? {
        if now < bootedAt { return .silence }
        requests += 1
        return faults.answer(toRequest: requests)
    }

    /// Takes note of a sign of life.
    mutating func noteSign(_ sign: DeviceWatchdog.Sign) {
        if watchdog?.note(sign, at: now) == true { reconsider() }
    }
}

extension ClosedRange where Bound == Int {
    /// Whether `other` lies inside.
    func contains(_ other: ClosedRange<Int>) -> Bool {
        lowerBound <= other.lowerBound && other.upperBound <= upperBound
    }
}
