import Foundation

@testable import Modbus

/// A sysfs tree and a folder of devices in a temporary folder, with the layout of a Linux kernel.
final class FakeTree: Sendable {
    /// What an adapter says of itself.
    struct Adapter {
        var socket: String
        var vendor = "0403"
        var product = "6001"
        var maker: String? = "FTDI"
        var title: String? = "FT232R USB UART"
        var serial: String?
    }

    private let folder: URL
    let adapters: SerialAdapters

    init() throws {
        folder = FileManager.default.temporaryDirectory.appending(path: "chargehost-tree-\(UUID().uuidString)")
        try FileManager.default.createDirectory(
            at: folder.appending(path: "sys/class/tty"), withIntermediateDirectories: true)
        try FileManager.default.createDirectory(at: folder.appending(path: "dev"), withIntermediateDirectories: true)
        adapters = SerialAdapters(
            tree: folder.appending(path: "sys").path, devices: folder.appending(path: "dev").path)
    }

    deinit { try? FileManager.default.removeItem(at: folder) }

    /// The device file of a name, in this tree.
    func path(_ name: String) -> String { folder.appending(path: "dev/\(name)").path }

    /// Plugs a port of an adapter in: `name` is ttyUSB0 (usb-serial, with a folder of its own and a port number) or
    /// ttyACM0 (cdc-acm, right at the interface); `line` is what its device file leads to.
    func plug(
        _ adapter: Adapter, as name: String, interface: Int = 0, port: Int = 0, line: String = "/dev/null"
    ) throws {
        let device = folder.appending(path: "sys/devices/pci0000:00/0000:00:14.0/usb1/1-1/\(adapter.socket)")
        var place = device.appending(path: "\(adapter.socket):1.\(interface)")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        try write(String(format: "%02x", interface), place.appending(path: "bInterfaceNumber"))
        for (file, text) in [
            ("idVendor", adapter.vendor), ("idProduct", adapter.product), ("manufacturer", adapter.maker),
            ("product", adapter.title), ("serial", adapter.serial),
        ] {
            if let text { try write(text, device.appending(path: file)) }
        }
        if name.hasPrefix("ttyUSB") {
            place.append(path: name)
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
            try write("\(port)", place.appending(path: "port_number"))
        }
        let entry = place.appending(path: "tty/\(name)")
        try FileManager.default.createDirectory(at: entry, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(at: entry.appending(path: "device"), withDestinationURL: place)
        try FileManager.default.createSymbolicLink(
            at: folder.appending(path: "sys/class/tty/\(name)"), withDestinationURL: entry)
        try FileManager.default.createSymbolicLink(
            at: folder.appending(path: "dev/\(name)"), withDestinationURL: URL(fileURLWithPath: line))
    }

    /// A port of the machine itself.
    func addBuiltIn(_ name: String) throws {
        let place = folder.appending(path: "sys/devices/platform/serial8250/tty/\(name)")
        try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        try FileManager.default.createSymbolicLink(
            at: place.appending(path: "device"),
            withDestinationURL: folder.appending(path: "sys/devices/platform/serial8250"))
        try FileManager.default.createSymbolicLink(
            at: folder.appending(path: "sys/class/tty/\(name)"), withDestinationURL: place)
    }

    /// Pulls an adapter out.
    func pull(_ name: String, socket: String) throws {
        for path in [
            "sys/class/tty/\(name)", "dev/\(name)", "sys/devices/pci0000:00/0000:00:14.0/usb1/1-1/\(socket)",
        ] {
            try FileManager.default.removeItem(at: folder.appending(path: path))
        }
    }

    private func write(_ text: String, _ file: URL) throws {
        try Data("\(text)\n".utf8).write(to: file)
    }
}
