import Host

/// Asks the running host about OCPP.
enum OCPPQuestion {
    /// The body of the answer; throws `CommandFailure` when there is no host, or it refuses.
    static func ask(_ method: String, _ path: String, _ body: [UInt8], _ arguments: Arguments) async throws -> [UInt8] {
        do {
            return try await HostQuestion(data: arguments.value("data")).ask(method, path, body)
        } catch let failure as HostQuestion.Failure {
            throw CommandFailure(failure)
        }
    }

    /// The local id of a transaction; throws `UsageError`.
    static func transaction(_ arguments: Arguments) throws -> Int? {
        guard let text = arguments.positionals.first else { return nil }
        guard let id = Int(text), id > 0 else { throw UsageError("\"\(text)\" is no transaction; write its number") }
        return id
    }
}
