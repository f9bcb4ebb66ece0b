import Modbus
import OCPP
import Storage

/// Gives the site's boxes the connectors that the backend sees: once, stored, never renumbered.
enum ConnectorNumbers {
    /// What was given.
    struct Given: Sendable {
        /// The connector of each device.
        var numbers: [String: Int] = [:]
        /// Connectors of devices that are gone.
        var removed: [Int] = []
        /// Why a device has none, for people.
        var problems: [String] = []
    }

    /// The connectors of `boxes`, in the order of the site file; the numbers of others stay taken.
    ///
    /// The host's own box is connector 1, a slave has the number at the end of its ChargePointID, others the one that is
    /// written, else the next free one. Throws `StorageError` when the database fails.
    static func give(_ site: Site, boxes: Set<String>, storage: SiteStorage) async throws(StorageError) -> Given {
        var given = Given()
        let devices = site.devices.filter { boxes.contains($0.id) }
        let fixed = devices.filter { wanted($0, site) != nil }
        let lowest = devices.contains(where: \.own) ? 2 : 1
        for device in fixed + devices.filter({ wanted($0, site) == nil }) {
            do throws(StorageError) {
                given.numbers[device.id] = try await storage.connector(
                    of: device.id, wanted: wanted(device, site), lowest: lowest)
            } catch {
                switch error {
                case .connectorTaken, .connectorFixed: given.problems.append("device \(device.id): \(error)")
                default: throw error
                }
            }
        }
        for assignment in try await storage.connectors() where given.numbers[assignment.device] == nil {
            if assignment.retiredAt == nil, !site.devices.contains(where: { $0.id == assignment.device }) {
                try await storage.retireConnector(of: assignment.device)
            }
            given.removed.append(assignment.number)
        }
        return given
    }

    /// The connector that the site file or a slave's id demands.
    private static func wanted(_ device: SiteDevice, _ site: Site) -> Int? {
        if device.own { return 1 }
        if let number = device.connector { return number }
        guard let place = SlaveConnector(address: device.address), place.connector == 1 else { return nil }
        return (try? place.slave.connector()) ?? nil
    }
}
