import ReadPlanning

/// How the file counts addresses, and what that means on the wire.
struct AddressNotation {
    /// Why a number is no address.
    enum Problem: Error, CustomStringConvertible {
        case outside(Int128, lowest: Int, highest: Int)
        case notModicon(Int128)
        case otherTable(Int128, RegisterTable)

        var description: String {
            switch self {
            case .outside(let number, let lowest, let highest):
                "address \(number) is outside \(lowest)..\(highest)"
            case .notModicon(let number):
                "address \(number) is not in modicon notation: 1…, 3… or 4… with 5 or 6 digits"
            case .otherTable(let number, let table):
                "address \(number) belongs to table \(table.rawValue) in modicon notation"
            }
        }
    }

    let addressing: ModbusDefinition.Addressing

    /// The table and wire address of a number; `table` nil where the notation must say it (modicon).
    func wire(_ printed: Int128, table: RegisterTable?) throws(Problem) -> (table: RegisterTable?, address: Int) {
        switch addressing {
        case .zero: return (table, try counted(printed, from: 0))
        case .one: return (table, try counted(printed, from: 1))
        case .modicon:
            if table == .coil { return (.coil, try counted(printed, from: 1)) }
            let found = try modicon(printed)
            if let table, table != found.table { throw .otherTable(printed, found.table) }
            return found
        }
    }

    private func counted(_ printed: Int128, from first: Int) throws(Problem) -> Int {
        guard let number = Int(exactly: printed), (first...65535 + first).contains(number) else {
            throw .outside(printed, lowest: first, highest: 65535 + first)
        }
        return number - first
    }

    private func modicon(_ printed: Int128) throws(Problem) -> (table: RegisterTable, address: Int) {
        guard let number = Int(exactly: printed) else { throw .notModicon(printed) }
        let tables: [Int: RegisterTable] = [1: .discrete, 3: .input, 4: .holding]
        let unit = number >= 100_000 ? 100_000 : 10_000
        let (digit, rest) = number.quotientAndRemainder(dividingBy: unit)
        guard let table = tables[digit], (1...(unit == 10_000 ? 9999 : 65536)).contains(rest) else {
            throw .notModicon(printed)
        }
        return (table, rest - 1)
    }
}
