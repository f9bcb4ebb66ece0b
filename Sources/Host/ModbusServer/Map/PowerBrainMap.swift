/// The registers of one kind of unit (vendor's register table, "cFos Power Brain Modbus registers").
///
/// Addresses between the values do not exist: reading across one is exception 2, as the protocol says of addresses that
/// are not allowed; the vendor does not say.
struct PowerBrainMap: Sendable {
    static let first = 8000
    private static let size = 122

    let registers: [PowerBrainRegister]
    /// The place in `registers` by address less ``first``; nil in the gaps.
    private let places: [Int?]

    init(_ registers: [PowerBrainRegister]) {
        self.registers = registers
        var places = [Int?](repeating: nil, count: Self.size)
        for (place, register) in registers.enumerated() {
            for address in register.range { places[address - Self.first] = place }
        }
        self.places = places
    }

    /// The values that a range of addresses touches, in their order; nil where it touches a gap.
    func registers(in range: Range<Int>) -> ArraySlice<PowerBrainRegister>? {
        let offsets = range.lowerBound - Self.first..<range.upperBound - Self.first
        guard offsets.lowerBound >= 0, offsets.upperBound <= places.count, !offsets.isEmpty,
            offsets.allSatisfy({ places[$0] != nil }), let start = places[offsets.lowerBound],
            let end = places[offsets.upperBound - 1]
        else { return nil }
        return registers[start...end]
    }
}

extension PowerBrainMap {
    private static let common: [PowerBrainRegister] = [
        .init(.vendorID, at: 8000, count: 2), .init(.productID, at: 8002), .init(.deviceID, at: 8003),
        .init(.productVersion, at: 8004), .init(.productBuild, at: 8005), .init(.mappingVersion, at: 8006),
        .init(.padding, at: 8007), .init(.serial, at: 8008, count: 8), .init(.name, at: 8016, count: 16),
        .init(.slaveID, at: 8040, .readWrite, .flash),
    ]

    /// What unit 1 at port 4701 has: the wallbox, and the meter attached to it.
    static let wallbox = PowerBrainMap(
        common + [
            .init(.meterFlags, at: 8057), .init(.energy, at: 8058, count: 4), .init(.power, at: 8062, count: 2),
            .init(.current(0), at: 8064, count: 2), .init(.current(1), at: 8066, count: 2),
            .init(.current(2), at: 8068, count: 2),
            .init(.defaultFixedCurrent, at: 8080, .readWrite, .flash),
            .init(.defaultLimit, at: 8081, .readWrite, .flash), .init(.defaultEnable, at: 8082, .readWrite, .flash),
            .init(.failSafeDuration, at: 8083, count: 2, .readWrite, .flash),
            .init(.failSafeCurrent, at: 8085, .readWrite, .flash), .init(.disconnectPilot, at: 8086, .readWrite),
            .init(.relaySelect, at: 8087, .readWrite), .init(.relay2, at: 8088, .readWrite),
            .init(.cableCurrent, at: 8090), .init(.fixedCurrent, at: 8091, .readWrite), .init(.state, at: 8092),
            .init(.limit, at: 8093, .readWrite), .init(.enable, at: 8094, .readWrite), .init(.offered, at: 8095),
            .init(.cardID, at: 8096, count: 15), .init(.cardCount, at: 8111), .init(.hasMeter, at: 8112),
            .init(.inputs, at: 8113), .init(.restarts, at: 8120, count: 2, .readWrite, .flash),
        ])

    /// What units 2 and 3 at ports 4702 and 4703 have: an S0 meter each.
    static let meter = PowerBrainMap(
        common + [
            .init(.input, at: 8041), .init(.pulsesPerKWh, at: 8042, count: 2, .readWrite, .flash),
            .init(.simulatedPhases, at: 8044, .readWrite, .flash), .init(.voltage(0), at: 8045, .readWrite, .flash),
            .init(.voltage(1), at: 8046, .readWrite, .flash), .init(.voltage(2), at: 8047, .readWrite, .flash),
            .init(.pulses, at: 8050, count: 4, .readWrite, .flash), .init(.timePerPulse, at: 8054, count: 2),
            .init(.level, at: 8056), .init(.meterFlags, at: 8057),
            .init(.energy, at: 8058, count: 4, .readWrite, .flash), .init(.power, at: 8062, count: 2),
            .init(.current(0), at: 8064, count: 2), .init(.current(1), at: 8066, count: 2),
            .init(.current(2), at: 8068, count: 2), .init(.resetPulses, at: 8070, .write, .flash),
            .init(.resetEnergy, at: 8071, .write, .flash), .init(.restarts, at: 8120, count: 2, .readWrite, .flash),
        ])
}
