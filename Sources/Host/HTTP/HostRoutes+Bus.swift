import DriverAPI
import Foundation
import Modbus

extension HostRoutes {
    /// What tools of this machine can reach through the host, and must not open themselves.
    func busList() async -> ControlResponse {
        .json(BusList(serial: site.serial, lines: host.buses.all.map { "\($0.endpoint)" }))
    }

    /// Sends one request of a tool on a line that the host has open. Units that are the host's devices are not written.
    func busExchange(_ body: [UInt8]) async -> ControlResponse {
        guard let asked = try? JSONDecoder().decode(BusExchange.self, from: Data(body)), !asked.pdu.isEmpty else {
            return .problem(400, "body", "the request cannot be read")
        }
        guard let bus = host.buses.all.first(where: { "\($0.endpoint)" == asked.line }) else {
            return .problem(404, "line", "the host does not have \(asked.line) open")
        }
        if ProxyRules.writes(asked.pdu), let owner = await owner(of: Int(asked.unit), on: bus.endpoint) {
            let reason = "unit \(asked.unit) is \(owner), which the running host governs"
            return .json(BusExchange.Outcome(.failure(.refused(reason))))
        }
        do throws(LinkError) {
            let answer = try await bus.exchange(pdu: asked.pdu, unit: asked.unit, options: asked.options)
            return .json(BusExchange.Outcome(.success(answer)))
        } catch {
            return .json(BusExchange.Outcome(.failure(error)))
        }
    }

    private func owner(of unit: Int, on endpoint: Endpoint) async -> String? {
        let opener = await host.opener
        return site.devices.first { device in
            guard device.enabled, let place = try? opener.place(of: device.configuration) else { return false }
            return place.channel == endpoint.channel && place.unit == unit
        }?.id
    }
}
