/// All routes; the control socket and the HTTP listeners answer from the same table.
struct RouteTable: Sendable {
    let routes: [Route]

    init(_ routes: [Route]) { self.routes = routes }

    /// The answer of the route that fits.
    ///
    /// 404 without one, 405 where the path has other methods, 403 for a route that changes something where only `access`
    /// to read is given.
    func answer(_ request: ControlRequest, _ host: HostRoutes, access: Route.Access) async -> ControlResponse {
        let parts = request.parts
        let method = request.method == "HEAD" ? "GET" : request.method
        var others: [String] = []
        for route in routes {
            guard let parameters = route.match(parts) else { continue }
            guard route.method == method else {
                others.append(route.method)
                continue
            }
            guard route.access == .read || access == .write else {
                return .problem(
                    403, "read-only",
                    "this address serves reading only; use the chargehost command on the machine itself")
            }
            return await route.answer(host, request, parameters)
        }
        guard others.isEmpty else {
            var response = ControlResponse.problem(
                405, "method", "\(request.path) takes \(others.joined(separator: " and ")), not \(request.method)")
            response.headers["Allow"] = others.joined(separator: ", ")
            return response
        }
        return .problem(404, "route", "there is no \(request.method) \(request.path)")
    }
}
