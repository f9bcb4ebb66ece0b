/// What the routes of the host's interface answer with.
struct HostRoutes {
    /// Every route there is.
    static let table = RouteTable([
        Route("GET", "/api/v1/site", .read) { routes, _, _ in await routes.siteDocument() },
        Route("GET", "/api/v1/devices", .read) { routes, _, _ in await routes.devices() },
        Route("GET", "/api/v1/devices/{id}/values", .read) { await $0.values($2["id"] ?? "") },
        Route("GET", "/api/v1/lines", .read) { routes, _, _ in await routes.lines() },
        Route("POST", "/api/v1/devices/{id}/command", .write) { await $0.command($2["id"] ?? "", $1.body) },
        Route("POST", "/api/v1/devices/{id}/forget", .write) { routes, _, found in
            await routes.forget(found["id"] ?? "")
        },
        Route("POST", "/api/v1/devices/{id}/mode", .write) { await $0.mode($2["id"] ?? "", $1.body) },
        Route("GET", "/api/v1/limit", .read) { routes, _, _ in .json(LimitDocument(await routes.control.operatorLimit))
        },
        Route("POST", "/api/v1/limit", .write) { routes, request, _ in await routes.limit(request.body) },
        Route("GET", "/api/v1/bus", .write) { routes, _, _ in await routes.busList() },
        Route("POST", "/api/v1/bus/exchange", .write) { routes, request, _ in await routes.busExchange(request.body) },
        Route("POST", "/api/v1/bus/read", .write) { routes, request, _ in await routes.busRead(request.body) },
        Route("POST", "/api/v1/bus/command", .write) { routes, request, _ in await routes.busCommand(request.body) },
        Route("GET", "/api/v1/scan", .write) { routes, _, _ in routes.ownedEndpoints() },
        Route("POST", "/api/v1/scan", .write) { routes, request, _ in await routes.scan(request.body) },
        Route("GET", "/api/v1/licence", .read) { routes, _, _ in await routes.licence() },
        Route("POST", "/api/v1/licence", .write) { routes, request, _ in await routes.installLicence(request.body) },
        Route("POST", "/api/v1/licence/trial", .write) { routes, _, _ in await routes.startTrial() },
        Route("GET", "/api/v1/profiles", .read) { routes, _, _ in await routes.profiles() },
        Route("POST", "/api/v1/profiles/refresh", .write) { routes, _, _ in await routes.refreshProfiles() },
        Route("POST", "/api/v1/devices/{id}/confirm-profile", .write) {
            await $0.confirmProfile($2["id"] ?? "", $1.body)
        },
        Route("GET", "/api/v1/history", .read) { routes, _, _ in routes.history() },
        Route("GET", "/api/v1/sessions", .read) { routes, request, _ in await routes.sessions(request) },
        Route("GET", "/api/v1/ocpp", .read) { routes, _, _ in await routes.ocppStatus() },
        Route("GET", "/api/v1/ocpp/keys", .read) { _, _, _ in .json(KeyDocument.all) },
        Route("GET", "/api/v1/ocpp/queue", .read) { routes, _, _ in await routes.ocppQueue() },
        Route("POST", "/api/v1/ocpp/resend", .write) { routes, request, _ in await routes.ocppResend(request.body) },
        Route("POST", "/api/v1/ocpp/close", .write) { routes, request, _ in await routes.ocppClose(request.body) },
        Route("POST", "/api/v1/ocpp/secret", .write) { routes, request, _ in await routes.ocppSecret(request.body) },
        Route("GET", "/api/v1/role", .read) { routes, _, _ in await routes.role() },
        Route("GET", "/api/v1/events", .read) { _, _, _ in
            .problem(426, "websocket", "ask for this one with a WebSocket, over HTTP")
        },
        Route("GET", "/api/v1/openapi.json", .read) { _, _, _ in PageFiles.openAPI },
        Route("GET", "/metrics", .read) { routes, _, _ in await routes.metrics() },
        Route("GET", "/healthz", .read) { routes, _, _ in routes.health() },
        Route("GET", "/readyz", .read) { routes, _, _ in await routes.readiness() },
    ])

    let host: SiteHost
    let control: ControlLoop
    let board: DeviceBoard
    let library: ProfileLibrary
    let site: Site
    /// What who asks may do; some answers show less to those who may only read.
    var access = Route.Access.write

    func answer(_ request: ControlRequest, access: Route.Access = .write) async -> ControlResponse {
        var routes = self
        routes.access = access
        return await Self.table.answer(request, routes, access: access)
    }
}
