import Foundation

/// Asks the host that runs on this machine, for commands that mean nothing without one.
public struct HostQuestion: Sendable {
    /// Why there is no answer.
    public enum Failure: Error, CustomStringConvertible, Sendable {
        /// No host runs.
        case noHost
        /// The host refused: its words, and the status of its answer.
        case refused(String, status: Int)

        /// The sentence for people.
        public var description: String {
            switch self {
            case .noHost: "no host runs here; start one with chargehost run, or name its folder with --data"
            case .refused(let text, _): text
            }
        }
    }

    private struct Problem: Decodable { var detail: String? }

    private let client: ControlClient

    /// The host on the folder `data`, or on one of this user's folders. Throws ``Failure/noHost``.
    public init(data: String?) throws(Failure) {
        guard let folder = RunningHosts.folder(given: data) else { throw .noHost }
        client = ControlClient(folder: folder)
    }

    /// The body of the answer. Throws ``Failure``.
    public func ask(_ method: String, _ path: String, _ body: [UInt8] = []) async throws(Failure) -> [UInt8] {
        let response: ControlResponse
        do {
            response = try await client.send(ControlRequest(method: method, path: path, body: body))
        } catch {
            throw .noHost
        }
        guard (200...299).contains(response.status) else {
            let problem = try? JSONDecoder().decode(Problem.self, from: Data(response.body))
            throw .refused(
                problem?.detail ?? "the host answered with status \(response.status)", status: response.status)
        }
        return response.body
    }
}
