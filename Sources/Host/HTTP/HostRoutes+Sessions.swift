extension HostRoutes {
    /// Charging sessions that began in a span: `?from=2026-08-01&to=2026-09-01`. Cards are shown in full on the control
    /// socket only.
    func sessions(_ request: ControlRequest) async -> ControlResponse {
        let span: SessionSpan
        do {
            span = try SessionSpan(from: request.query["from"], to: request.query["to"])
        } catch {
            return .problem(400, "span", error.description)
        }
        do {
            let sessions = try await host.storage.sessions(from: span.from, to: span.to)
            return .json(sessions.map { SessionDocument($0, showsCards: access == .write) })
        } catch {
            return .problem(500, "storage", "\(error)")
        }
    }
}
