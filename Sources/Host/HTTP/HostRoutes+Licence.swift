import Foundation
import Licensing

extension HostRoutes {
    /// The licences, who has a place, and what is to be known.
    func licence() async -> ControlResponse {
        guard let keeper = host.licences else {
            return .problem(404, "licence", "this host asks for no licence: it simulates its boxes")
        }
        return .json(await keeper.document)
    }

    /// The bytes of a licence file: checked, kept, and counted at once.
    func installLicence(_ body: [UInt8]) async -> ControlResponse {
        guard let keeper = host.licences else {
            return .problem(409, "licence", "this host asks for no licence: it simulates its boxes")
        }
        do {
            try await keeper.install(body)
            await host.admit()
            return .json(await keeper.document)
        } catch {
            return .problem(422, "licence", "\(error)")
        }
    }

    /// Begins the trial.
    func startTrial() async -> ControlResponse {
        guard let keeper = host.licences else {
            return .problem(409, "licence", "this host asks for no licence: it simulates its boxes")
        }
        do {
            _ = try await keeper.startTrial()
            await host.admit()
            return .json(await keeper.document)
        } catch {
            return .problem(409, "licence", "\(error)")
        }
    }
}
