import DeviceProfiles
import Foundation
import ProfileTrust

/// Says which boxes of a site would not be started or raised by their profiles, before the site runs.
public struct TrustCheck {
    private let site: Site
    private let library: ProfileLibrary
    private let rules: TrustRules
    private let folder: TrustFolder

    /// A check of `site` with what lies in its data folder.
    public init(_ site: Site, library: ProfileLibrary, rules: TrustRules, folder: TrustFolder) {
        self.site = site
        self.library = library
        self.rules = rules
        self.folder = folder
    }

    /// A warning for every such box.
    public func problems() -> [SiteProblem] {
        let base = URL(fileURLWithPath: site.file).deletingLastPathComponent().path
        let judged = site.devices.filter {
            $0.enabled && $0.driver == nil && !$0.address.hasPrefix("ocpp://")
        }
        return judged.compactMap { device in
            guard let path = try? library.path(of: device.profile, relativeTo: base),
                let profile = try? library.load(path).document?.profile, profile.deviceClass == .wallbox
            else { return nil }
            let verdict = rules.verdict(path, library, folder, device: device.id)
            return verdict.bar(.limit).map { bar in
                let why = bar.description.replacing("DEVICE", with: device.id)
                return SiteProblem(.trust, .warning, at: device.mark, "device \(device.id): \(why)")
            }
        }
    }
}
