import DriverAPI
import Modbus

/// A device whose registers hold their own addresses, without anything else to do.
struct RegisterHandler: ModbusHandler {
    func respond(unit: UInt8, pdu: [UInt8], at moment: MonotonicTime) -> ModbusReply {
        do throws(ModbusException) {
            let request = try ServerRequest(pdu: pdu)
            guard case .read(let read) = request else { return .pdu(request.answer()) }
            return .pdu(request.answer(read.range.map { UInt16(truncatingIfNeeded: $0) }))
        } catch {
            return .pdu(error.pdu(for: pdu.first ?? 0))
        }
    }
}
