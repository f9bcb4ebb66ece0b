import Host

/// `network usb`
enum NetworkUSBCommand: Subcommand {
    static let name = "network usb"
    static let summary = "the network over a USB cable between master and slave"
    static let accepted = Arguments.Accepted(values: ["role", "interface", "root"], flags: ["install", "json"])
    static let help = """
        usage: chargehost network usb --role master|slave [--interface NAME] [--install] [--root DIR] [--json]

        Prints the units of systemd-networkd for a USB cable from the configuration port (USB device) of the master to a
        USB host port of the slave, and what goes into the site file. The master is \(USBLink.masterAddress), the slave
        \(USBLink.slaveAddress), without a gateway; each shows its own page at \(USBLink.pageAddress) to a laptop at its
        configuration port.

          --role ROLE        which end this machine is
          --interface NAME   the interface of the cable, such as usb0; without: found by its driver
          --install          writes the units to /etc/systemd/network; networkctl reload takes them over
          --root DIR         writes them below DIR in place of /
          --json             the same for programs

        example: sudo chargehost network usb --role slave --install && sudo networkctl reload
        """

    /// What programs get.
    private struct Document: Encodable {
        var role: String
        var address: String
        var peer: String
        var page: String
        var files: [USBLink.File]
        var written: [String]
        var site_file: String
    }

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let word = try arguments.required("role")
        guard let role = USBLink.Role(rawValue: word) else {
            throw UsageError("--role must be master or slave, not \"\(word)\"")
        }
        let interface = arguments.value("interface")
        if let interface, !isInterface(interface) {
            throw UsageError("--interface must be the name of an interface such as usb0, not \"\(interface)\"")
        }
        if arguments.value("root") != nil, !arguments.flags.contains("install") {
            throw UsageError("--root goes with --install")
        }
        let link = USBLink(role, interface: interface)
        var written: [String] = []
        if arguments.flags.contains("install") {
            do throws(USBLink.InstallError) {
                written = try link.install(root: arguments.value("root") ?? "")
            } catch {
                throw CommandFailure(.fallsShort, "\(error)")
            }
        }
        if arguments.flags.contains("json") {
            try Console.json(
                Document(
                    role: role.rawValue, address: link.address, peer: link.peer, page: USBLink.pageAddress,
                    files: link.files, written: written, site_file: link.siteFile))
        } else {
            show(link, written)
        }
        return .fine
    }

    private static func show(_ link: USBLink, _ written: [String]) {
        for file in written { Console.out("written: \(file)") }
        if written.isEmpty {
            for file in link.files { Console.out("# \(file.path)\n\(file.text)") }
        } else {
            Console.out("take it over with: networkctl reload")
        }
        Console.out("for the site file:\n\n\(link.siteFile)")
    }

    /// What the kernel takes as a name (15 bytes, no slash, no blank); wildcards of networkd are none.
    private static func isInterface(_ text: String) -> Bool {
        (1...15).contains(text.utf8.count)
            && text.utf8.allSatisfy { byte in
                Character(UnicodeScalar(byte)).isLetter || Character(UnicodeScalar(byte)).isNumber
                    || "-_.".utf8.contains(byte)
            }
    }
}
