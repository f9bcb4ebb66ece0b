import DriverAPI
import Modbus
import ReadPlanning

/// One simulated device as a unit of a Modbus server.
struct DeviceUnit: ModbusHandler {
    /// The device.
    let device: SimulatedDevice
    /// The site around it, which moves on before it answers; nil for a device by itself.
    let site: SimulatedSite?

    /// Answers one request.
    func respond(unit: UInt8, pdu: [UInt8], at moment: MonotonicTime) -> ModbusReply {
        site?.advance(to: moment)
        let request: ServerRequest
        do throws(ModbusException) {
            request = try ServerRequest(pdu: pdu)
        } catch {
            return .pdu(error.pdu(for: pdu.first ?? 0))
        }
        let reply: [UInt8]
        switch answer(request, at: moment) {
        case .words(let words): reply = request.answer(words)
        case .written: reply = request.answer()
        case .exception(let code): reply = [request.function | 0x80, code]
        case .silence: return .silence
        case .disconnect: return .close
        }
        let delay = device.faults.delay
        return delay > .zero ? .delayed(reply, delay) : .pdu(reply)
    }

    private func answer(_ request: ServerRequest, at moment: MonotonicTime) -> DeviceAnswer {
        switch request {
        case .read(let read): device.answer(to: read, at: moment)
        case .write(let write): device.answer(to: write, at: moment)
        }
    }
}
