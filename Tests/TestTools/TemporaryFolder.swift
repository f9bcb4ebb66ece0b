import Foundation

/// A folder in the system's temporary one that is gone with this object.
///
/// Whoever keeps it keeps it for as long as anything uses the folder, processes too.
public final class TemporaryFolder: Sendable {
    /// Where it is.
    public let path: String

    /// Makes it, its name beginning with `name`. Throws where no folder can be made.
    public init(_ name: String) throws {
        path =
            FileManager.default.temporaryDirectory
            .appendingPathComponent("chargehost-\(name)-" + UUID().uuidString.prefix(8)).path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }
}
