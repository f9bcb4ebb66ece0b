import DeviceProfiles
import DriverAPI
import Foundation
import Licensing
import ProfileTrust

extension TrustRules {
    /// What a single command may do by a profile, beside any host: what lists and confirmations in `folder` say of its file.
    public func permission(
        of reference: String, in library: ProfileLibrary, folder: TrustFolder?
    ) -> WritePermission {
        let verdict = verdict(reference, library, folder)
        return WritePermission { use, wears in
            verdict.bar(use.capability, wears: wears).map {
                "\($0.description.replacing("DEVICE", with: reference)); or say --box-in-view"
            }
        }
    }

    /// The verdict on a profile as its file is now; `device` is whom it is for.
    func verdict(
        _ reference: String, _ library: ProfileLibrary, _ folder: TrustFolder?, device: String = ""
    ) -> ProfileVerdict {
        guard let path = try? library.path(of: reference), let bytes = FileManager.default.contents(atPath: path),
            let profile = try? library.load(path).document?.profile
        else { return .unreadable }
        guard let book = (try? book(folder)) ?? (try? book(nil)) else { return .unreadable }
        return ProfileVerdict(
            device: device, profile: profile.id, version: profile.versionText, hash: Digest.sha256(Array(bytes)),
            book: book, confirmations: (try? folder?.confirmations()) ?? [])
    }
}
