import DeviceProfiles
import DriverAPI
import Foundation
import ProfileTrust

extension SiteHost {
    /// Judges the profiles once a second, as long as the host runs.
    func keepJudging() async {
        while !Task.isCancelled {
            do { try await clock.sleep(until: clock.now.advanced(by: .seconds(1)), tolerance: nil) } catch { return }
            await judgeProfiles()
        }
    }

    /// Judges the profiles now; drivers and the next tick go by it.
    func judgeProfiles() async {
        guard let trust else { return }
        let versions = versions
        let warned = trustWarnings
        let verdicts = await trust.judge(await board.all()) { versions[$0] }
        gate.judge(verdicts)
        await control.trust(verdicts)
        trustWarnings = await trust.warnings
        for warning in trustWarnings {
            if !warned.contains(warning) { log.write(.warning, warning) }
            await control.addAlarm(warning)
        }
    }

    /// Reads indexes, confirmations and profiles anew.
    func refreshProfiles() async {
        await trust?.refresh()
        await reload(site)
        await judgeProfiles()
    }

    /// How often is looked whether a list is due.
    private static let fetchLook = Duration.seconds(60)

    /// Fetches lists of profiles when they are due, as long as the host runs.
    func keepFetchingLists() async {
        while !Task.isCancelled {
            if await trust?.fetch(every: site.listPeriod) == true {
                await trust?.refresh()
                await judgeProfiles()
            }
            let next = clock.now.advanced(by: Self.fetchLook)
            do { try await clock.sleep(until: next, tolerance: nil) } catch { return }
        }
    }
}
