/// The Ethernet over a USB cable between a master and its slave: addresses, and the units of systemd-networkd that set
/// them (systemd.network(5)).
///
/// The cable goes from the USB device port of the master (its configuration interface) to a USB host port of the slave.
/// Both have their own page at the same address of their own device port, so that a laptop finds it there.
public struct USBLink: Sendable, Hashable {
    /// Which end a machine is.
    public enum Role: String, Sendable, CaseIterable {
        /// Where the boxes are managed.
        case master
        /// What is managed.
        case slave
    }

    /// One unit file.
    public struct File: Sendable, Hashable, Encodable {
        /// Where it belongs.
        public var path: String
        /// What stands in it.
        public var text: String
    }

    /// The master's address on the cable; it gets no gateway, for nothing lies behind the cable.
    public static let masterAddress = "192.168.125.124"
    /// The slave's address on the cable.
    public static let slaveAddress = "192.168.125.125"
    /// Where each of them shows its own page to a laptop at its USB device port.
    public static let pageAddress = "192.168.123.123"

    static let folder = "/etc/systemd/network"
    static let cable = "70-chargehost-usb.network"
    static let page = "70-chargehost-page.network"

    /// The role.
    public var role: Role
    /// The name of the interface of the cable; nil: found by its driver.
    public var interface: String?

    /// Makes the link of one end.
    public init(_ role: Role, interface: String? = nil) {
        self.role = role
        self.interface = interface
    }

    /// The own address on the cable.
    public var address: String { role == .master ? Self.masterAddress : Self.slaveAddress }

    /// The address at the other end of the cable.
    public var peer: String { role == .master ? Self.slaveAddress : Self.masterAddress }

    /// The unit files of this end.
    ///
    /// On the master the cable is at the device port, which has the page as well; the slave has two ports.
    public var files: [File] {
        let path = { Self.folder + "/" + $0 }
        switch role {
        case .master:
            return [File(path: path(Self.cable), text: unit(devicePort, [Self.pageAddress, address], isPage: true))]
        case .slave:
            return [
                File(path: path(Self.cable), text: unit(hostPort, [address], isPage: false)),
                File(path: path(Self.page), text: unit("Driver=g_ether", [Self.pageAddress], isPage: true)),
            ]
        }
    }

    /// Unit files that the other role would have, and this one must not.
    var foreign: [String] { role == .master ? [Self.folder + "/" + Self.page] : [] }

    /// What goes into the site file of this end.
    public var siteFile: String {
        let links =
            "links: {Master: \"http://\(Self.masterAddress):8080/\", Slave: \"http://\(Self.slaveAddress):8080/\"}"
        let http = "http: {listen: [\"127.0.0.1:8080\", \"\(Self.pageAddress):8080\", \"\(address):8080\"]}"
        switch role {
        case .master:
            return """
                role: master
                devices:
                  - {id: slave, profile: cfos.power-brain, address: "\(peer):4701", unit: 1}
                \(http)
                \(links)
                """
        case .slave:
            return """
                role: slave
                modbus_server:
                  - {listen: "\(address):4701", unit: 1, device: garage, allow: [\(peer)]}
                \(http)
                \(links)
                """
        }
    }

    private var devicePort: String { interface.map { "Name=\($0)" } ?? "Driver=g_ether" }

    /// The drivers by which Linux talks to a USB Ethernet device.
    private var hostPort: String {
        interface.map { "Name=\($0)" } ?? "Driver=cdc_ether cdc_ncm cdc_eem cdc_subset rndis_host"
    }

    private func unit(_ match: String, _ addresses: [String], isPage: Bool) -> String {
        let server = """
            # A laptop that is plugged in gets an address, and no way to anywhere else.
            DHCPServer=yes
            """
        return """
            # Written by chargehost network usb --role \(role.rawValue); a further run replaces it.
            [Match]
            \(match)

            [Link]
            # The machine starts without the cable.
            RequiredForOnline=no

            [Network]
            Description=USB link of chargehost, \(role.rawValue)
            \(addresses.map { "Address=\($0)/24" }.joined(separator: "\n"))
            # Programs can listen before the cable is plugged in, and go on when it is pulled.
            ConfigureWithoutCarrier=yes
            IgnoreCarrierLoss=yes
            # Nothing lies behind the cable: no gateway, no router, no name server.
            DHCP=no
            IPv6AcceptRA=no
            LinkLocalAddressing=no
            \(isPage ? server + "\n\n[DHCPServer]\nServerAddress=\(Self.pageAddress)/24\nEmitRouter=no\nEmitDNS=no\nEmitNTP=no" : "")
            """.trimmedEnd + "\n"
    }
}

extension String {
    fileprivate var trimmedEnd: String {
        var text = self
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
