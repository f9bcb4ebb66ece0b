import DriverAPI
import Modbus

/// A unit as a front passes requests to it.
protocol MasterFacingUnit: Sendable {
    /// The unit id it answers to now.
    var unitID: UInt8 { get }
    /// Answers one request.
    func respond(_ pdu: [UInt8], reply: @escaping @Sendable (ModbusReply) -> Void) -> ModbusAnswer
}

extension PowerBrainUnit: MasterFacingUnit where Block: IdentifiedBlock {
    var unitID: UInt8 { withBlock { $0.settings.unit(insteadOf: $0.identity.unit) } }
}

/// Registers that know by which unit id they are asked.
protocol IdentifiedBlock: RegisterBlock {
    var identity: PowerBrainIdentity { get }
}

extension WallboxRegisters: IdentifiedBlock {}
extension MeterRegisters: IdentifiedBlock {}

/// The units behind one port or on one line.
struct MasterFront: DeferringModbusHandler {
    let units: [any MasterFacingUnit]
    /// On a line every unit hears all frames, and answers its own only.
    let isLine: Bool

    /// Passes a request to the unit it is for.
    ///
    /// A broadcast on a line is carried out by all and answered by nobody (Modbus over Serial Line V1.02, 2.1). On TCP a
    /// unit that does not exist is answered as gateways do, with exception 11.
    func respond(
        unit: UInt8, pdu: [UInt8], at moment: MonotonicTime, reply: @escaping @Sendable (ModbusReply) -> Void
    ) -> ModbusAnswer {
        if isLine, unit == 0 {
            for unit in units { _ = unit.respond(pdu) { _ in } }
            return .now(.silence)
        }
        if let unit = units.first(where: { $0.unitID == unit }) { return unit.respond(pdu, reply: reply) }
        return .now(isLine ? .silence : .pdu(ModbusException.gatewayTargetSilent.pdu(for: pdu.first ?? 0)))
    }
}
