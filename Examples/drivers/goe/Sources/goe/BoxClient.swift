import DriverAPI

/// The HTTP API v2 of one charger (http-en.md of the vendor): `/api/status?filter=…` and `/api/set?key=value`.
struct BoxClient: Sendable {
    let address: String
    private let host: String
    private let port: String

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
        host = String(parts[0])
        port = parts.count == 2 ? String(parts[1]) : "80"
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
        let body = try await BoxRequest(host: host, port: port, path: path).body()
        do throws(JSON.Fault) {
            return try JSON(reading: body)
        } catch {
            throw .mismatch("what \(address) answers to \(path) is no JSON: \(error)")
        }
    }
}
