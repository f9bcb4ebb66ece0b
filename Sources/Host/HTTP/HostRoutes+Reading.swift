import DriverAPI
import Foundation

extension HostRoutes {
    func siteDocument() async -> ControlResponse {
        guard let status = await host.status() else {
            return .problem(503, "starting", "the host is starting; ask again in a second")
        }
        return .json(status)
    }

    func values(_ id: String) async -> ControlResponse {
        guard let state = await board.state(id) else { return .problem(404, "device", "there is no device \(id)") }
        let now = host.clock.now
        return .json(
            state.readings.mapValues { reading in
                let age = reading.time.duration(to: now).inSeconds
                return PointStatus(reading, age: (age * 1000).rounded() / 1000)
            })
    }

    func devices() async -> ControlResponse { .json(await board.all().map(DeviceSummary.init)) }

    func lines() async -> ControlResponse { .json(await host.lines()) }

    func metrics() async -> ControlResponse {
        let text = SiteMetrics.text(
            await host.status(), lines: await host.lines(), .now(), pages: await host.events.count)
        return ControlResponse(type: PrometheusText.type, body: Array(text.utf8))
    }

    func history() -> ControlResponse { .json(HistoryDocument(host.history.points, now: host.clock.now)) }
}

/// One device in the list of the interface.
private struct DeviceSummary: Encodable {
    var id: String
    var title: String
    var `class`: String
    var profile: String
    var driver: String?
    var circuit: String?
    var role: String?
    var link: String
    var link_text: String?
    var identity: [String: String]

    init(_ state: DeviceState) {
        id = state.entry.id
        title = state.title
        `class` = state.deviceClass.rawValue
        profile = state.entry.profile
        driver = state.entry.driver
        circuit = state.deviceClass == .wallbox ? state.entry.circuit : nil
        role = state.entry.role?.rawValue
        link = state.link.word
        link_text = state.failure ?? state.link.text
        identity = state.description?.identity ?? [:]
    }
}
