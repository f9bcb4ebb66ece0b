import Foundation
import Storage

/// An installation of firmware that is under way, kept over the restart that it may end in.
struct FirmwareRecord: Sendable {
    /// What became of it.
    struct End: Hashable, Sendable {
        /// Whether another program runs now, or the machine was started anew for it.
        var isInstalled: Bool
        /// The number of the signed request; nil for one that was not signed.
        var signedRequest: Int?
    }

    private struct Content: Codable {
        var version: String
        var boot: String?
        var signedRequest: Int?
    }

    private static let key = "ocpp-firmware-under-way"

    let storage: SiteStorage
    /// The version of this program.
    var version = HostVersion.chargehost
    /// What tells one start of the machine from another; nil where nobody knows.
    var boot = try? String(contentsOfFile: "/proc/sys/kernel/random/boot_id", encoding: .utf8)

    /// An installation begins.
    func begin(signedRequest: Int?) async {
        let content = Content(version: version, boot: boot, signedRequest: signedRequest)
        guard let text = try? JSONEncoder().encode(content) else { return }
        try? await storage.setSetting(Self.key, to: String(decoding: text, as: UTF8.self))
    }

    /// It has ended while the host ran.
    func forget() async { try? await storage.setSetting(Self.key, to: nil) }

    /// What became of one that was under way when the host last ended; nil if none was. It is told once.
    func ended() async -> End? {
        guard let text = try? await storage.setting(Self.key),
            let content = try? JSONDecoder().decode(Content.self, from: Data(text.utf8))
        else { return nil }
        await forget()
        let isAnew = content.boot != nil && boot != nil && content.boot != boot
        return End(isInstalled: content.version != version || isAnew, signedRequest: content.signedRequest)
    }
}
