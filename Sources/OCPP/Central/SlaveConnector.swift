/// One connector of a slave, by the number the slave itself gives it.
public struct SlaveConnector: Hashable, Sendable, CustomStringConvertible {
    /// The slave's ChargePointID.
    public var slave: ChargePointID
    /// The slave's own number of the connector, at least 1; 0 is the whole slave.
    public var connector: Int

    /// Makes the connector `connector` of `slave`.
    public init(slave: ChargePointID, connector: Int) {
        self.slave = slave
        self.connector = connector
    }

    /// The connector an address names: `ocpp://GARAGE%23002` is connector 1, `ocpp://BOX7/2` connector 2; nil for anything
    /// else.
    public init?(address: String) {
        let scheme = "ocpp://"
        guard address.lowercased().hasPrefix(scheme) else { return nil }
        let parts = address.dropFirst(scheme.count).split(separator: "/", omittingEmptySubsequences: false)
        guard let first = parts.first, parts.count <= 2, let slave = ChargePointID(pathComponent: String(first)) else {
            return nil
        }
        var connector = 1
        if parts.count == 2 {
            guard parts[1].utf8.allSatisfy({ (0x30...0x39).contains($0) }), let number = Int(parts[1]),
                (1...9999).contains(number)
            else { return nil }
            connector = number
        }
        self.init(slave: slave, connector: connector)
    }

    /// The address of the site file: `ocpp://GARAGE%23002`, `ocpp://BOX7/2`.
    public var address: String { "ocpp://" + slave.pathComponent + (connector == 1 ? "" : "/\(connector)") }

    /// `BOX7`, `BOX7/2`.
    public var description: String { slave.description + (connector == 1 ? "" : "/\(connector)") }
}
