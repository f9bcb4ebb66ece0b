import CModbus
import Glibc

/// The USB serial adapters of a machine, out of the kernel's tree of devices (sysfs).
public struct SerialAdapters: Sendable {
    /// Those of this machine.
    public static let machine = SerialAdapters()

    private let tree: String
    private let devices: String

    /// Reads `tree` for /sys and names files in `devices` for /dev; tests give folders of their own.
    public init(tree: String = "/sys", devices: String = "/dev") {
        self.tree = tree
        self.devices = devices
    }

    /// Everything that is plugged in, in the order of the device files; ports that belong to no USB device are left out.
    public func all() -> [SerialAdapter] {
        let folder = tree + "/class/tty"
        return SerialAdapters.names(in: folder).compactMap { adapter(folder + "/" + $0, named: $0) }.sorted {
            ($0.path.utf8.count, $0.path) < ($1.path.utf8.count, $1.path)
        }
    }

    /// Where the adapter of a name is now.
    public func path(of name: AdapterName) throws(AdapterError) -> String {
        let all = all()
        let found = name.matches(in: all)
        if found.count == 1 { return found[0].path }
        let names = (found.isEmpty ? all : found).map { ($0.name(among: all).description, $0.path) }
        let seen = names.map { AdapterError.Seen(name: $0.0, path: $0.1) }
        throw found.isEmpty ? .missing(name.description, seen) : .ambiguous(name.description, seen)
    }

    /// The device file that a line's path means now: the path itself unless it names an adapter.
    public func resolved(_ path: String) throws(AdapterError) -> String {
        guard AdapterName.isMeant(path), let name = try? AdapterName(path) else { return path }
        return try self.path(of: name)
    }

    private func adapter(_ entry: String, named name: String) -> SerialAdapter? {
        guard var folder = SerialAdapters.canonical(entry + "/device") else { return nil }
        var interface: Int?
        var number = 0
        let top = SerialAdapters.canonical(tree) ?? tree
        while folder.hasPrefix(top + "/") {
            if let port = SerialAdapters.line(folder + "/port_number").flatMap({ Int($0) }) { number = port }
            if let text = SerialAdapters.line(folder + "/bInterfaceNumber") { interface = Int(text, radix: 16) }
            if let vendor = SerialAdapters.line(folder + "/idVendor"),
                let product = SerialAdapters.line(folder + "/idProduct")
            {
                return SerialAdapter(
                    path: devices + "/" + name, vendor: vendor.lowercased(), product: product.lowercased(),
                    maker: SerialAdapters.line(folder + "/manufacturer"),
                    title: SerialAdapters.line(folder + "/product"), serial: SerialAdapters.line(folder + "/serial"),
                    socket: SerialAdapters.last(folder), port: AdapterPort(interface: interface ?? 0, number: number))
            }
            folder = SerialAdapters.parent(folder)
        }
        return nil
    }

    private static func names(in folder: String) -> [String] {
        guard let stream = opendir(folder) else { return [] }
        defer { closedir(stream) }
        var names: [String] = []
        while let entry = readdir(stream) {
            let name = withUnsafeBytes(of: &entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            if !name.hasPrefix(".") { names.append(name) }
        }
        return names
    }

    /// The first line of a small file, without blanks around it; nil when there is none, or it is empty.
    private static func line(_ path: String) -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var bytes = [UInt8](repeating: 0, count: 512)
        let count = read(file, &bytes, bytes.count)
        guard count > 0 else { return nil }
        var text = String(decoding: bytes.prefix(count).prefix { $0 != UInt8(ascii: "\n") }, as: UTF8.self)[...]
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text.isEmpty ? nil : String(text)
    }

    private static func canonical(_ path: String) -> String? {
        guard let found = realpath(path, nil) else { return nil }
        defer { free(found) }
        return String(cString: found)
    }

    private static func parent(_ path: String) -> String {
        path.lastIndex(of: "/").map { String(path[..<$0]) } ?? ""
    }

    private static func last(_ path: String) -> String {
        path.lastIndex(of: "/").map { String(path[path.index(after: $0)...]) } ?? path
    }
}
