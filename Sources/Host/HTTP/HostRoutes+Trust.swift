import Foundation
import ProfileTrust

extension HostRoutes {
    /// The profiles of the devices, how far they are trusted, and what they may therefore not do.
    func profiles() async -> ControlResponse {
        guard let keeper = host.trust else {
            return .problem(404, "trust", "this host asks for no trust in profiles: it simulates its devices")
        }
        return .json(await keeper.document(await board.all()))
    }

    /// Reads indexes, confirmations and profiles anew; they count at once.
    func refreshProfiles() async -> ControlResponse {
        guard let keeper = host.trust else {
            return .problem(409, "trust", "this host asks for no trust in profiles: it simulates its devices")
        }
        await host.refreshProfiles()
        return .json(await keeper.document(await board.all()))
    }
}
