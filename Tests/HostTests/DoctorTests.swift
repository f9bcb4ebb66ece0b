import Foundation
import Modbus
import Testing

@testable import Host

/// What the doctor says about serial lines.
@Suite struct DoctorTests {
    @Test func anAdapterIsListedWithWhatToWriteAndAMissingOneIsNamed() throws {
        let folder = FileManager.default.temporaryDirectory.appending(path: "doctor-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: folder) }
        let device = folder.appending(path: "sys/devices/usb1/1-1")
        let port = device.appending(path: "1-1:1.0/ttyUSB0/tty/ttyUSB0")
        let classes = folder.appending(path: "sys/class/tty")
        let devices = folder.appending(path: "dev")
        for place in [port, classes, devices] {
            try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
        }
        for (name, text) in [
            ("idVendor", "0403"), ("idProduct", "6001"), ("manufacturer", "FTDI"), ("product", "FT232R USB UART"),
            ("serial", "A10K3XYZ"),
        ] {
            try Data("\(text)\n".utf8).write(to: device.appending(path: name))
        }
        try FileManager.default.createSymbolicLink(
            at: port.appending(path: "device"), withDestinationURL: device.appending(path: "1-1:1.0/ttyUSB0"))
        try FileManager.default.createSymbolicLink(at: classes.appending(path: "ttyUSB0"), withDestinationURL: port)
        let file = devices.appending(path: "ttyUSB0")
        try FileManager.default.createSymbolicLink(atPath: file.path, withDestinationPath: "/dev/null")
        let text = """
            schema: site/1
            name: Nord
            supply: {limit: 35 A}
            serial: {COM1: "usb:A10K3XYZ", COM2: "usb:FTDI:B2"}
            """
        let site = try #require(SiteReader.read(Array(text.utf8), file: "s.yaml").site)
        let adapters = SerialAdapters(tree: folder.appending(path: "sys").path, devices: devices.path)
        let findings = LineFindings(site: site, adapters: adapters).all()
        func finding(_ subject: String) -> Doctor.Finding? { findings.first { $0.subject == subject } }
        #expect(
            finding(file.path)?.text
                == "can be used; FTDI FT232R USB UART, “usb:FTDI:A10K3XYZ” in the site file")
        #expect(finding("usb:A10K3XYZ")?.text == "can be used; it is \(file.path)")
        #expect(finding("usb:FTDI:B2")?.state == .bad)
        #expect(finding("usb:FTDI:B2")?.text.contains("there are usb:FTDI:A10K3XYZ") == true)
    }
}
