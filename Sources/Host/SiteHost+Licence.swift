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
        let before = await licences.admissions
        let admissions = await licences.admit(await board.all()) { versions[$0] }
        await control.admit(admissions)
        for (id, admission) in admissions.sorted(by: { $0.key < $1.key }) where admission != before[id] {
            guard case .overLimit = admission else { continue }
            await control.addAlarm("\(id): \(admission)")
        }
        for warning in await licences.warnings { await control.addAlarm(warning) }
    }
}
