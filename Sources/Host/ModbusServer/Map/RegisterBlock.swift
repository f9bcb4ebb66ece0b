import DriverAPI
import Modbus

/// The registers of one unit: a value that is read, written and moved on in time, without a socket or a disk.
protocol RegisterBlock: Sendable {
    /// Which registers there are.
    static var map: PowerBrainMap { get }
    /// What survives a restart.
    var settings: PowerBrainSettings { get set }

    /// The words of a value; throws the exception that answers a read of it now.
    func words(of register: PowerBrainRegister, at now: MonotonicTime) throws(ModbusException) -> [UInt16]

    /// Takes written values, all or none; throws the exception that refuses them.
    mutating func write(_ values: [(value: PowerBrainValue, number: UInt64)], at now: MonotonicTime)
        throws(ModbusException)

    /// A master read or wrote something.
    mutating func noteTraffic(at now: MonotonicTime)
}

extension RegisterBlock {
    /// Carries out a request: the words of a read; nothing for a write.
    ///
    /// Only functions 3, 6 and 16 exist. A write must hold whole values: a part of one is a combination of address and
    /// length that is not allowed, exception 2 (Modbus Application Protocol V1.1b3, 7), and so is a write to what can
    /// only be read.
    mutating func carryOut(_ request: ServerRequest, at now: MonotonicTime) throws(ModbusException) -> [UInt16] {
        guard [3, 6, 16].contains(request.function) else { throw .illegalFunction }
        guard let touched = Self.map.registers(in: request.range) else { throw .illegalDataAddress }
        switch request {
        case .read(let read): return try words(of: touched, read.range, at: now)
        case .write(let write):
            var values: [(value: PowerBrainValue, number: UInt64)] = []
            for register in touched {
                let start = register.address - Int(write.address)
                guard register.access != .read, start >= 0, start + register.count <= write.words.count else {
                    throw .illegalDataAddress
                }
                values.append((register.value, Words.number(write.words[start..<start + register.count])))
            }
            try self.write(values, at: now)
            return []
        }
    }

    private func words(
        of touched: ArraySlice<PowerBrainRegister>, _ range: Range<Int>, at now: MonotonicTime
    ) throws(ModbusException) -> [UInt16] {
        var all: [UInt16] = []
        all.reserveCapacity(range.count + 16)
        for register in touched {
            guard register.access != .write else { throw .illegalDataAddress }
            all += try words(of: register, at: now)
        }
        guard let first = touched.first else { throw .illegalDataAddress }
        return Array(all.dropFirst(range.lowerBound - first.address).prefix(range.count))
    }

    /// Whether a value outlasts a restart.
    static func isKept(_ value: PowerBrainValue) -> Bool {
        map.registers.first { $0.value == value }?.memory == .flash
    }
}
