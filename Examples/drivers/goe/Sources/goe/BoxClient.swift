import DriverAPI
import Foundation

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The HTTP API v2 of one charger (http-en.md of the vendor): `/api/status?filter=…` and `/api/set?key=value`.
struct BoxClient: Sendable {
    let address: String
    private let session: URLSession
    private static let longest = 64 * 1024

    /// A client of `HOST` or `HOST:PORT`. Throws ``DriverError/configuration(_:)`` for anything else.
    init(_ address: String) throws(DriverError) {
        let parts = address.split(separator: ":", omittingEmptySubsequences: false)
        let isHost =
            !(parts.first ?? "").isEmpty
            && parts[0].allSatisfy { $0.isASCII && ($0.isLetter || $0.isNumber || ".-".contains($0)) }
        guard isHost, parts.count == 1 || parts.count == 2 && UInt16(parts[1]) != nil else {
            throw .configuration("the address must be HOST or HOST:PORT, not \"\(address)\"")
        }
        self.address = address
        let configuration = URLSessionConfiguration.ephemeral
        configuration.timeoutIntervalForRequest = 4
        configuration.timeoutIntervalForResource = 6
        session = URLSession(configuration: configuration)
    }

    /// The values of these keys; those that the box does not have are missing.
    func status(_ keys: [String]) async throws(DriverError) -> JSON {
        let json = try await get("/api/status?filter=\(keys.joined(separator: ","))")
        guard json.object != nil else { throw .mismatch("\(address) answers no object to /api/status") }
        return json
    }

    /// Sets values; returns the request.
    func set(_ values: [String: JSON]) async throws(DriverError) -> String {
        let query = values.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }.joined(separator: "&")
        let answer = try await get("/api/set?\(query)")
        // A key that was taken is answered with true, another with what is wrong.
        for key in values.keys.sorted() {
            if let refusal = answer[key]?.string { throw .refusedByDevice("\(address) refuses \(key): \(refusal)") }
        }
        return "GET /api/set?\(query)"
    }

    private func get(_ path: String) async throws(DriverError) -> JSON {
        guard let url = URL(string: "http://\(address)\(path)") else {
            throw .configuration("http://\(address)\(path) is no URL")
        }
        let body: Data
        let response: URLResponse
        do {
            (body, response) = try await session.data(from: url)
        } catch {
            throw .unreachable("no answer from \(address): \(error.localizedDescription)")
        }
        let status = (response as? HTTPURLResponse)?.statusCode ?? 0
        guard status == 200 else { throw .unreachable("\(address) answers \(status) to \(path)") }
        do throws(JSON.Fault) {
            return try JSON(reading: body, longest: Self.longest)
        } catch {
            throw .mismatch("what \(address) answers to \(path) is no JSON: \(error)")
        }
    }
}
