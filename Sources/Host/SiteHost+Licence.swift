import Foundation
import Licensing

extension SiteHost {
    /// Judges the boxes once a second, as long as the host runs.
    func keepAdmitting() async {
        while !Task.isCancelled {
            do { try await clock.sleep(until: clock.now.advanced(by: .seconds(1)), tolerance: nil) } catch { return }
            await admit()
        }
    }

    /// Judges the boxes now; the next tick goes by it.
    func admit() async {
        guard let licences else { return }
        let versions = versions
        let states = await board.all()
        examine(states)
        let hosts = await ocpp.hostStandings().merging(examiner?.standings ?? [:]) { byOCPP, _ in byOCPP }
        let admissions = await licences.admit(states, hosts: hosts) { versions[$0] }
        await control.admit(admissions)
        for warning in await licences.warnings { await control.addAlarm(warning) }
    }

    /// Lets chargehosts that show boxes by Modbus prove who they are.
    private func examine(_ states: [DeviceState]) {
        guard let examiner else { return }
        examiner.look(states) { device in
            guard let place = try? opener.place(of: device.configuration), let id = UInt8(exactly: place.unit),
                let line = buses.all.first(where: { $0.endpoint.channel == place.channel })
            else { return nil }
            return ModbusExaminer.Unit(line: line, id: id)
        }
    }
}
