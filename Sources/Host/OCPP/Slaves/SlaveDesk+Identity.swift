import Licensing
import OCPP
import OCPPSlave

extension SlaveDesk {
    /// Lets a slave that is a device of the site prove what it is.
    func examine(_ slave: ChargePointID) async {
        guard let examiner, let ask = askSlave, !context.connectors(of: slave).isEmpty else { return }
        let stored = try? await storage.pairedSlave(slave.description)
        examiner.begin(slave, vendor: vendors[slave] ?? stored?.vendor, ask: ask)
    }

    /// What the hosts of slaves have proven, by device.
    var standings: [String: HostStanding] {
        var standings: [String: HostStanding] = [:]
        for (place, here) in context.places { standings[here.device] = examiner?.standing(of: place.slave) }
        return standings
    }
}
