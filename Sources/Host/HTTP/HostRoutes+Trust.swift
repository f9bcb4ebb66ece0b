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

    /// `{"statement": "6 A, 10 A and off seen", "by": "Ada", "hash": "…"}` for a device: an installer's word that its
    /// profile does what it should; `{"withdraw": true}` takes it back. It counts at once.
    func confirmProfile(_ device: String, _ body: [UInt8]) async -> ControlResponse {
        guard let keeper = host.trust else {
            return .problem(409, "trust", "this host asks for no trust in profiles: it simulates its devices")
        }
        guard let asked = try? JSONDecoder().decode(ConfirmRequest.self, from: Data(body)) else {
            return .problem(
                400, "body",
                #"the body must be {"statement": "what was tried and seen", "by": "who says so"} or {"withdraw": true}"#
            )
        }
        do throws(ConfirmProblem) {
            if asked.withdraw == true {
                try await keeper.withdrawConfirmation(of: device)
            } else {
                guard let by = asked.by, (1...200).contains(by.count) else {
                    return .problem(422, "by", "\"by\" names who says so, in 1 to 200 characters")
                }
                _ = try await keeper.confirm(device, statement: asked.statement ?? "", by: by, hash: asked.hash)
            }
        } catch {
            return Self.refusal(error)
        }
        await host.judgeProfiles()
        return .json(await keeper.document(await board.all()))
    }

    private static func refusal(_ problem: ConfirmProblem) -> ControlResponse {
        let (status, code) =
            switch problem {
            case .noDevice, .notConfirmed: (404, "device")
            case .statement: (422, "statement")
            case .otherFile: (409, "other-file")
            case .withdrawn: (409, "withdrawn")
            case .trust: (500, "trust")
            }
        return .problem(status, code, problem.description)
    }
}

/// An installer's word for the profile of a device.
private struct ConfirmRequest: Decodable {
    var statement: String?
    var by: String?
    /// The digest of the file that was tried, so that no other one is confirmed.
    var hash: String?
    var withdraw: Bool?
}
