import DeviceProfiles
import ReadPlanning

/// A request of a plan as tests write it: `04 0x0034+20`, the address as the file prints it.
struct PlanText: Hashable {
    var function: Int
    var address: Int
    var count: Int

    /// Reads `FC ADDR+COUNT`; nil for anything else.
    init?(_ text: String) {
        let parts = text.split(separator: " ")
        guard parts.count == 2, let function = Int(parts[0]) else { return nil }
        let place = parts[1].split(separator: "+")
        guard place.count == 2, let count = Int(place[1]) else { return nil }
        let isHex = place[0].hasPrefix("0x")
        guard let address = Int(isHex ? place[0].dropFirst(2) : place[0], radix: isHex ? 16 : 10) else { return nil }
        (self.function, self.address, self.count) = (function, address, count)
    }

    /// A request of a plan, its address as the profile prints it.
    init(_ request: ReadRequest, in modbus: ModbusDefinition) {
        function = Int(request.function)
        address = modbus.printed(Int(request.address), table: request.table)
        count = Int(request.count)
    }

    /// The text again, hexadecimal or decimal.
    func text(isHex: Bool) -> String {
        let digits = String(address, radix: 16, uppercase: true)
        let place = isHex ? "0x" + String(repeating: "0", count: max(0, 4 - digits.count)) + digits : String(address)
        return (function < 10 ? "0" : "") + "\(function) \(place)+\(count)"
    }
}
