import OCPP
import OCPPSlave
import Storage

extension SlaveDesk {
    func happened(_ event: SlaveEvent, at slave: ChargePointID) async {
        let here = context.connectors(of: slave)
        switch event {
        case .connected(_, let peer): log.write(.info, "slave \(slave): connected from \(peer)")
        case .booted(let boot, let status):
            log.write(.info, "slave \(slave): \(boot.chargePointVendor) \(boot.chargePointModel), \(status.rawValue)")
            vendors[slave] = boot.chargePointVendor
            await note(boot, slave)
            guard status == .accepted else { return }
            let identity = BoxIdentity(
                vendor: boot.chargePointVendor, model: boot.chargePointModel, firmware: boot.firmwareVersion)
            for (_, place) in here {
                await context.runner?.take(.slaveConnected(connector: place.number, identity))
            }
        case .ready: await examine(slave)
        case .status(var status):
            guard let place = here.first(where: { $0.own == status.connectorId })?.place else { return }
            status.connectorId = place.number
            await context.runner?.take(.slaveStatus(status))
        case .meterValues(var values):
            guard let place = here.first(where: { $0.own == values.connectorId })?.place else { return }
            values.connectorId = place.number
            await context.runner?.take(.slaveMeterValues(values))
        case .security(let event):
            await context.runner?.take(.securityEvent(type: event.type, techInfo: event.techInfo))
        case .vanished(let reason):
            log.write(.warning, "slave \(slave): \(reason)")
            examiner?.end(slave)
            for (_, place) in here { await context.runner?.take(.slaveLost(connector: place.number, reason: reason)) }
        case .refused(let reason, let peer): await alarm("slave \(slave) from \(peer) was turned away: \(reason)")
        case .firmware(let status): log.write(.info, "slave \(slave): firmware \(status.status.rawValue)")
        case .signedFirmware(let status): log.write(.info, "slave \(slave): firmware \(status.status.rawValue)")
        case .diagnostics(let status): log.write(.info, "slave \(slave): diagnostics \(status.status.rawValue)")
        case .log(let status): log.write(.info, "slave \(slave): log \(status.status.rawValue)")
        }
    }

    /// What a slave says of itself is kept with its key.
    private func note(_ boot: BootNotificationRequest, _ slave: ChargePointID) async {
        guard var stored = try? await storage.pairedSlave(slave.description) else { return }
        stored.vendor = boot.chargePointVendor
        stored.model = boot.chargePointModel
        stored.serial = boot.chargePointSerialNumber ?? boot.chargeBoxSerialNumber
        stored.seenAt = .now()
        try? await storage.storePairedSlave(stored)
    }
}
