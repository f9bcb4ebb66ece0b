/// One route of the host's interface, whatever carries it.
struct Route: Sendable {
    /// What a request on it does.
    enum Access: Sendable {
        /// Looks only.
        case read
        /// Changes something, or puts traffic on a line; on the control socket only.
        case write
    }

    /// The parts of a path that stand for something: `id` in `/api/v1/devices/{id}`.
    typealias Parameters = [String: String]
    typealias Answer = @Sendable (HostRoutes, ControlRequest, Parameters) async -> ControlResponse

    let method: String
    /// With parameters in braces: `/api/v1/devices/{id}/values`.
    let path: String
    let access: Access
    let answer: Answer
    private let parts: [String]

    init(_ method: String, _ path: String, _ access: Access, _ answer: @escaping Answer) {
        self.method = method
        self.path = path
        self.access = access
        self.answer = answer
        parts = path.split(separator: "/").map(String.init)
    }

    /// The parameters in the parts of a path; nil when the path is another.
    func match(_ path: [String]) -> Parameters? {
        guard path.count == parts.count else { return nil }
        var found: Parameters = [:]
        for (part, given) in zip(parts, path) {
            if part.hasPrefix("{") {
                found[String(part.dropFirst().dropLast())] = given
            } else if part != given {
                return nil
            }
        }
        return found
    }
}
