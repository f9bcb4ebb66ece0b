/// One value of the Power Brain register map: where it is, and what may be done with it.
struct PowerBrainRegister: Hashable, Sendable {
    /// What a master may do.
    enum Access: Hashable, Sendable { case read, readWrite, write }

    /// Where a written value stays.
    enum Memory: Hashable, Sendable {
        /// It is gone after a restart.
        case ram
        /// It survives a restart; each write is stored.
        case flash
    }

    let value: PowerBrainValue
    /// The address on the wire, which is the documented number.
    let address: Int
    /// How many registers it has.
    let count: Int
    let access: Access
    let memory: Memory

    init(
        _ value: PowerBrainValue, at address: Int, count: Int = 1, _ access: Access = .read, _ memory: Memory = .ram
    ) {
        self.value = value
        self.address = address
        self.count = count
        self.access = access
        self.memory = memory
    }

    var range: Range<Int> { address..<address + count }
}
