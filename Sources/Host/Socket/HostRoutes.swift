import DriverAPI
import Foundation
import Modbus

/// The routes of the host's interface.
struct HostRoutes {
    let host: SiteHost
    let control: ControlLoop
    let board: DeviceBoard
    let library: ProfileLibrary
    let site: Site

    func answer(_ request: ControlRequest) async -> ControlResponse {
        let parts = request.parts
        guard parts.starts(with: ["api", "v1"]) else { return notFound(request) }
        switch (request.method, Array(parts.dropFirst(2))) {
        case ("GET", ["site"]): return await siteDocument()
        case ("GET", ["devices"]): return .json(await board.all().map(DeviceSummary.init))
        case ("GET", let path) where path.count == 3 && path[0] == "devices" && path[2] == "values":
            return await values(path[1])
        case ("POST", let path) where path.count == 3 && path[0] == "devices" && path[2] == "command":
            return await command(path[1], request.body)
        case ("POST", let path) where path.count == 3 && path[0] == "devices" && path[2] == "forget":
            return await forget(path[1])
        case ("POST", let path) where path.count == 3 && path[0] == "devices" && path[2] == "mode":
            return await mode(path[1], request.body)
        case ("GET", ["limit"]): return .json(LimitDocument(await control.operatorLimit))
        case ("POST", ["limit"]): return await limit(request.body)
        case ("POST", ["bus", "read"]): return await ask(request.body) { await read($0, $2) }
        case ("POST", ["bus", "command"]): return await ask(request.body) { await apply($0, $1, $2) }
        default: return notFound(request)
        }
    }

    private func notFound(_ request: ControlRequest) -> ControlResponse {
        .problem(404, "route", "there is no \(request.method) \(request.path)")
    }

    private func siteDocument() async -> ControlResponse {
        guard let status = await host.status() else { return .problem(409, "starting", "the host is starting") }
        return .json(status)
    }

    private func values(_ id: String) async -> ControlResponse {
        guard let state = await board.state(id) else { return .problem(404, "device", "there is no device \(id)") }
        return .json(state.readings.mapValues { PointStatus($0) })
    }

    /// A person says that a box which was taken out of the site file is gone for good.
    private func forget(_ id: String) async -> ControlResponse {
        guard await control.booking(of: id).isBooked else {
            return .problem(404, "device", "nothing is booked for \(id)")
        }
        guard await control.forget(id) else {
            return .problem(409, "in-use", "\(id) is part of the site; take it out of the site file first")
        }
        return .json(["forgotten": id])
    }

    private func command(_ id: String, _ body: [UInt8]) async -> ControlResponse {
        guard let text = (try? JSONDecoder().decode([String: String].self, from: Data(body)))?["command"] else {
            return .problem(400, "body", #"the body must be {"command": "phases=1"}"#)
        }
        guard let device = await board.device(id) else { return .problem(404, "device", "there is no device \(id)") }
        do {
            let command = try CommandText.parse(text)
            if let reason = forbidden(command, id) { return .problem(409, "managed", reason) }
            return .json(try await device.apply(command))
        } catch {
            return .problem(422, "command", "\(error)")
        }
    }

    /// Nobody may raise a box past the sharing; stopping is always allowed.
    private func forbidden(_ command: Command, _ id: String) -> String? {
        guard site.mode == .manage, site.devices.contains(where: { $0.id == id }) else { return nil }
        switch command {
        case .charge(.off), .wakeUp, .lock, .display: return nil
        case .charge, .phases: return "the host shares the current of \(id); stop it, or set the site's mode to observe"
        case .set(let point, _):
            let shared = ["current_limit", "power_limit", "charging_allowed", "phases_set"]
            return shared.contains(point) ? "the host governs \(point) of \(id)" : nil
        }
    }

    /// Answers a question about a device by address, if one of ours is there.
    private func ask(
        _ body: [UInt8], _ work: (any Device, SiteDevice, DeviceQuestion) async -> ControlResponse
    ) async -> ControlResponse {
        guard let question = try? JSONDecoder().decode(DeviceQuestion.self, from: Data(body)) else {
            return .problem(400, "body", "the question cannot be read")
        }
        for entry in site.devices where matches(entry, question.device) {
            guard let device = await board.device(entry.id) else { continue }
            return await work(device, entry, question)
        }
        return .problem(404, "device", "none of the site's devices is at \(question.device.address)")
    }

    private func matches(_ entry: SiteDevice, _ asked: DeviceConfiguration) -> Bool {
        let opener = DeviceOpener(library: library, site: site)
        guard let ours = try? opener.place(of: entry.configuration), let theirs = try? opener.place(of: asked) else {
            return false
        }
        return ours == theirs
    }

    private func read(_ device: any Device, _ question: DeviceQuestion) async -> ControlResponse {
        do throws(DriverError) {
            let readings = try await device.read(question.points)
            return .json(DeviceQuestion.Answer(profile: question.device.profile, readings: readings))
        } catch {
            return .json(DeviceQuestion.Problem(error: error), status: 502)
        }
    }

    private func apply(
        _ device: any Device, _ entry: SiteDevice, _ question: DeviceQuestion
    ) async -> ControlResponse {
        guard let command = question.command else { return .problem(400, "body", "the question has no command") }
        if let reason = forbidden(command, entry.id) {
            return .json(DeviceQuestion.Problem(error: .refused(reason)), status: 409)
        }
        do throws(DriverError) {
            return .json(try await device.apply(command))
        } catch {
            return .json(DeviceQuestion.Problem(error: error), status: 502)
        }
    }
}

/// One device in the list of the interface.
private struct DeviceSummary: Encodable {
    var id: String
    var title: String
    var `class`: String
    var link: String
    var link_text: String?
    var identity: [String: String]

    init(_ state: DeviceState) {
        id = state.entry.id
        title = state.title
        `class` = state.deviceClass.rawValue
        link = state.link.word
        link_text = state.failure ?? state.link.text
        identity = state.description?.identity ?? [:]
    }
}
