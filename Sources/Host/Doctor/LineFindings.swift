import Foundation
import Glibc
import Modbus

/// Examines the serial lines of a machine: what is plugged in, what to write for it, and whether it may be opened.
struct LineFindings {
    private let wanted: [String]
    private let adapters: SerialAdapters

    /// For the lines that `site` names, and for everything that is plugged in.
    init(site: Site?, adapters: SerialAdapters) {
        wanted = site.map(LineFindings.lines(of:)) ?? []
        self.adapters = adapters
    }

    /// The findings, those of the site first.
    func all() -> [Doctor.Finding] {
        let found = adapters.all()
        let named = Set(wanted).sorted().map(named)
        let plugged = found.map { adapter in
            let title = [adapter.maker, adapter.title].compactMap { $0 }.joined(separator: " ")
            let name = "“\(adapter.name(among: found))” in the site file"
            return file(adapter.path, title.isEmpty ? name : "\(title), \(name)")
        }
        let known = Set(found.map(\.path) + wanted)
        return named + plugged + builtIn().filter { !known.contains($0) }.map { file($0, "") }
    }

    /// The device files and adapters that a site's addresses and its section `serial` name.
    private static func lines(of site: Site) -> [String] {
        let defaults = Address.Defaults(serial: LineParameters(baud: 9600), aliases: site.serial)
        let units = site.modbusUnits.compactMap { if case .line(let text) = $0.place { text } else { nil } }
        let texts = site.devices.map(\.address) + site.proxies.map(\.target) + units + site.serial.keys
        return texts.compactMap { text in
            guard case .serial(let path, _) = try? Address(text, defaults: defaults).endpoint else { return nil }
            return path
        }
    }

    private func named(_ line: String) -> Doctor.Finding {
        do throws(AdapterError) {
            let path = try adapters.resolved(line)
            guard path != line else { return file(line, "") }
            var finding = file(path, "it is \(path)")
            finding.subject = line
            return finding
        } catch {
            return Doctor.Finding(state: .bad, subject: line, text: "\(error)")
        }
    }

    /// Lines of the machine itself that belong to no USB device.
    private func builtIn() -> [String] {
        ((try? FileManager.default.contentsOfDirectory(atPath: "/dev")) ?? []).filter { name in
            ["ttyUSB", "ttyACM", "ttyAMA", "ttySC"].contains(where: name.hasPrefix)
        }.map { "/dev/" + $0 }.sorted()
    }

    private func file(_ path: String, _ more: String) -> Doctor.Finding {
        func finding(_ state: Doctor.Finding.State, _ text: String) -> Doctor.Finding {
            Doctor.Finding(state: state, subject: path, text: more.isEmpty ? text : "\(text); \(more)")
        }
        guard FileManager.default.fileExists(atPath: path) else {
            return finding(.bad, "there is no such line; is the adapter plugged in?")
        }
        guard access(path, R_OK | W_OK) == 0 else {
            return finding(.bad, "no permission; add the user to the group dialout: adduser $USER dialout")
        }
        return finding(.good, "can be used")
    }
}
