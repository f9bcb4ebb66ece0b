import Foundation

extension USBLink {
    /// Why the files could not be written.
    public struct InstallError: Error, CustomStringConvertible {
        let path: String
        let reason: String

        /// What happened, and what to do.
        public var description: String { "\(path) could not be written: \(reason); run it as root (sudo)" }
    }

    /// Writes the files below `root`, which stands for /, and takes away those of the other role.
    ///
    /// Returns the paths written. Throws ``InstallError``.
    public func install(root: String = "") throws(InstallError) -> [String] {
        let base = root.hasSuffix("/") ? String(root.dropLast()) : root
        var written: [String] = []
        for file in files {
            let path = base + file.path
            do {
                try FileManager.default.createDirectory(
                    atPath: (path as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
                try Data(file.text.utf8).write(to: URL(fileURLWithPath: path), options: .atomic)
                try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
            } catch {
                throw InstallError(path: path, reason: error.localizedDescription)
            }
            written.append(path)
        }
        for path in foreign.map({ base + $0 }) where FileManager.default.fileExists(atPath: path) {
            do {
                try FileManager.default.removeItem(atPath: path)
            } catch {
                throw InstallError(path: path, reason: error.localizedDescription)
            }
        }
        return written
    }
}
