import DriverAPI
import Foundation
import Modbus

extension HostRoutes {
    /// A person says that a box which was taken out of the site file is gone for good.
    func forget(_ id: String) async -> ControlResponse {
        guard await control.booking(of: id).isBooked else {
            return .problem(404, "device", "nothing is booked for \(id)")
        }
        guard await control.forget(id) else {
            return .problem(409, "in-use", "\(id) is part of the site; take it out of the site file first")
        }
        return .json(["forgotten": id])
    }

    func command(_ id: String, _ body: [UInt8]) async -> ControlResponse {
        guard let text = (try? JSONDecoder().decode([String: String].self, from: Data(body)))?["command"] else {
            return .problem(400, "body", #"the body must be {"command": "phases=1"}"#)
        }
        guard let device = await board.device(id) else { return .problem(404, "device", "there is no device \(id)") }
        do {
            let command = try CommandText.parse(text)
            if let reason = await forbidden(command, id) { return .problem(409, "managed", reason) }
            return .json(try await device.apply(command))
        } catch {
            return .problem(422, "command", "\(error)")
        }
    }

    /// Nobody may raise a box past the sharing; stopping is always allowed.
    private func forbidden(_ command: Command, _ id: String) async -> String? {
        if !command.onlyStops, let admission = await control.admission(of: id), !admission.mayRaise {
            return "\(id): \(admission)"
        }
        guard site.mode == .manage, site.devices.contains(where: { $0.id == id }) else { return nil }
        switch command {
        case .charge(.off), .wakeUp, .lock, .display: return nil
        case .charge, .phases: return "the host shares the current of \(id); stop it, or set the site's mode to observe"
        case .set(let point, _):
            let shared = ["current_limit", "power_limit", "charging_allowed", "phases_set"]
            return shared.contains(point) ? "the host governs \(point) of \(id)" : nil
        }
    }

    func busRead(_ body: [UInt8]) async -> ControlResponse { await ask(body) { await read($0, $2) } }

    func busCommand(_ body: [UInt8]) async -> ControlResponse { await ask(body) { await apply($0, $1, $2) } }

    /// Answers a question about a device by address, if one of ours is there.
    private func ask(
        _ body: [UInt8], _ work: (any Device, SiteDevice, DeviceQuestion) async -> ControlResponse
    ) async -> ControlResponse {
        guard let question = try? JSONDecoder().decode(DeviceQuestion.self, from: Data(body)) else {
            return .problem(400, "body", "the question cannot be read")
        }
        let opener = await host.opener
        for entry in site.devices where matches(entry, question.device, opener) {
            guard let device = await board.device(entry.id) else { continue }
            return await work(device, entry, question)
        }
        return .problem(404, "device", "none of the site's devices is at \(question.device.address)")
    }

    /// The same profile at the same place: with another one the tool reads for itself, on the host's line.
    private func matches(_ entry: SiteDevice, _ asked: DeviceConfiguration, _ opener: DeviceOpener) -> Bool {
        guard entry.driver == nil else {
            return asked.driver == entry.driver && asked.address == entry.address && asked.unit == entry.unit
        }
        guard asked.profile == entry.profile || asked.profile == opener.id(of: entry.profile),
            let ours = try? opener.place(of: entry.configuration), let theirs = try? opener.place(of: asked)
        else {
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
        if let reason = await forbidden(command, entry.id) {
            return .json(DeviceQuestion.Problem(error: .refused(reason)), status: 409)
        }
        do throws(DriverError) {
            return .json(try await device.apply(command))
        } catch {
            return .json(DeviceQuestion.Problem(error: error), status: 502)
        }
    }
}

extension Command {
    /// Whether it can make no box draw more; that is allowed to everybody who may give commands.
    fileprivate var onlyStops: Bool {
        switch self {
        case .charge(.off), .lock, .display: true
        case .charge, .phases, .wakeUp, .set: false
        }
    }
}
