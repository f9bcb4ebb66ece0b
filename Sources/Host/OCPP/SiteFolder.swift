import Foundation

/// Files that the site file names, relative to its folder.
struct SiteFolder: Sendable {
    /// The folder.
    let path: String

    init(_ site: Site) { path = URL(fileURLWithPath: site.file).deletingLastPathComponent().path }

    /// The content of a file. Throws ``BackendUnusable`` for one that cannot be read.
    func bytes(_ file: String) throws(BackendUnusable) -> [UInt8] {
        let whole = file.hasPrefix("/") ? file : path + "/" + file
        guard let content = FileManager.default.contents(atPath: whole) else {
            throw BackendUnusable(description: "the file \(whole) cannot be read")
        }
        return [UInt8](content)
    }
}
