extension HostRoutes {
    /// The site's role, and what another one would change.
    func role() async -> ControlResponse {
        do throws(RoleError) {
            return .json(try await RoleDocument(site.file, storage: host.storage))
        } catch {
            return .problem(503, "site-file", error.description)
        }
    }
}
