import Foundation
import Testing

@testable import Host

/// The description of the interface against the interface.
@Suite struct OpenAPITests {
    private func description() throws -> [String: Any] {
        let object = try JSONSerialization.jsonObject(with: Data(PageFiles.openAPI.body))
        return try #require(object as? [String: Any])
    }

    private func schema(_ name: String) throws -> [String: Any] {
        let components = try description()["components"] as? [String: Any]
        let schemas = components?["schemas"] as? [String: Any]
        return try #require(schemas?[name] as? [String: Any])
    }

    /// The object has all required fields and none that is not described.
    private func check(_ object: Any?, _ name: String) throws {
        let fields = try #require(object as? [String: Any])
        let schema = try schema(name)
        let known = try #require(schema["properties"] as? [String: Any])
        let required = try #require(schema["required"] as? [String])
        #expect(Set(fields.keys).isSubset(of: known.keys), "\(name): \(fields.keys.filter { known[$0] == nil })")
        #expect(Set(required).isSubset(of: fields.keys), "\(name): \(required.filter { fields[$0] == nil })")
    }

    @Test func itHasTheRoutesForReadingAndNoOthers() throws {
        let paths = try #require(try description()["paths"] as? [String: Any])
        let reading = HostRoutes.table.routes.filter { $0.access == .read }
        #expect(Set(paths.keys) == Set(reading.map(\.path)))
    }

    @Test func everyReferenceLeadsSomewhere() throws {
        let text = String(decoding: PageFiles.openAPI.body, as: UTF8.self)
        for match in text.matches(of: /#\/components\/schemas\/(\w+)/) { _ = try schema(String(match.output.1)) }
    }

    @Test func documentsAreAsDescribed() async throws {
        var site = site(16, ["a"])
        site.devices.append(SiteDevice(id: "grid", profile: "fake-meter", address: "10.0.1.1", role: .grid))
        site.links = [try #require(PageLink(title: "Master", url: "http://192.168.125.124:8080/"))]
        let world = try await HostWorld(site)
        try #require(world.driver.meters.first).show(5000, at: world.clock.now)
        try await world.run(seconds: 3)
        func get(_ path: String) async throws -> Any {
            let answer = await world.host.answer(ControlRequest(method: "GET", path: path), access: .read)
            #expect(answer.status == 200, "\(path)")
            return try JSONSerialization.jsonObject(with: Data(answer.body))
        }
        let status = try #require(try await get("/api/v1/site") as? [String: Any])
        try check(status, "Site")
        try check(status["power"], "Power")
        for (list, name) in [
            ("circuits", "Circuit"), ("boxes", "Box"), ("instruments", "Instrument"), ("links", "PageLink"),
        ] {
            let entries = try #require(status[list] as? [Any])
            #expect(!entries.isEmpty)
            for entry in entries { try check(entry, name) }
        }
        let devices = try #require(try await get("/api/v1/devices") as? [Any])
        #expect(devices.count == 2)
        for device in devices { try check(device, "Device") }
        let values = try #require(try await get("/api/v1/devices/a/values") as? [String: Any])
        for value in values.values { try check(value, "Value") }
        let history = try #require(try await get("/api/v1/history") as? [String: Any])
        try check(history, "History")
        try check(history["series"], "Series")
        try check(try await get("/api/v1/limit"), "Limit")
        await world.end()
    }

    @Test func linesAreAsDescribed() throws {
        let unit = LineStatus.Unit(
            unit: 1, devices: [], requests: 1, errors: .init(), latency_ms: 1, latency_95_ms: 2)
        let line = LineStatus(
            line: "x", kind: "tcp", is_open: false, trouble: "why", opened: 0, load_percent: 0, requests: 1,
            errors: .init(), bytes_sent: 0, bytes_received: 0, units: [unit])
        let object = try JSONSerialization.jsonObject(with: JSONEncoder().encode(line)) as? [String: Any]
        try check(object, "Line")
        try check(object?["errors"], "LineErrors")
        try check((object?["units"] as? [Any])?.first, "LineUnit")
    }

    @Test func theHostIsHealthyWhileItTicksAndReadyOnceEverythingWasTried() async throws {
        let world = try await HostWorld(site(16, ["a"]))
        func status(_ path: String) async -> Int {
            await world.host.answer(ControlRequest(method: "GET", path: path), access: .read).status
        }
        try await world.run(seconds: 2)
        #expect(await status("/healthz") == 200)
        #expect(await status("/readyz") == 200)
        await world.host.stop(.leave)
        #expect(await status("/readyz") == 503)
        world.clock.advance(by: .seconds(11))
        #expect(await status("/healthz") == 503)
        await world.end()
    }
}
