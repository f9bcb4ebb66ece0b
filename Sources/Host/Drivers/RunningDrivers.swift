import DriverAPI
import DriverPrograms
import Foundation
import Synchronization

/// The driver programs of a host: each is started with its first device and ended after its last.
final class RunningDrivers: Sendable {
    /// What became of the drivers with another roster.
    struct Change {
        /// Drivers that are another version, or gone: their devices are to be opened anew.
        var drivers: Set<String> = []
        /// Why the old version of a driver goes on, in words.
        var refusals: [String] = []
    }

    private struct Contents {
        var roster: DriverRoster
        var running: [String: ProgramDriver] = [:]
        /// Programs of earlier versions, until their devices are closed.
        var retired: [DriverProcess] = []
        var ending: [Task<Void, Never>] = []
        var isStopped = false
    }

    private let contents: Mutex<Contents>
    private let temporary: String
    private let hidden: String
    private let timing: DriverTiming
    private let log: HostLog

    /// The drivers of a roster, with their private folders in `temporary`, which is emptied; the folder `hidden` is none of
    /// their business.
    init(_ roster: DriverRoster, temporary: String, hidden: String, timing: DriverTiming = DriverTiming(), log: HostLog)
    {
        contents = Mutex(Contents(roster: roster))
        self.temporary = URL(fileURLWithPath: temporary).standardizedFileURL.path
        self.hidden = URL(fileURLWithPath: hidden).standardizedFileURL.path
        self.timing = timing
        self.log = log
        // Programs of a host that was killed have ended with it; their folders are still there.
        try? FileManager.default.removeItem(atPath: temporary)
    }

    /// The driver of a name, made where it does not run yet.
    ///
    /// Throws ``DriverError/configuration(_:)`` where there is none that can be used.
    func driver(_ name: String) throws(DriverError) -> ProgramDriver {
        let (found, refusal) = contents.withLock { contents -> (ProgramDriver?, String) in
            if contents.isStopped { return (nil, "the host is stopping") }
            if let driver = contents.running[name] { return (driver, "") }
            guard let manifest = contents.roster.manifest(name) else { return (nil, contents.roster.refusal(name)) }
            try? FileManager.default.createDirectory(
                atPath: temporary, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
            let log = log
            let driver = ProgramDriver(
                DriverProcess(manifest, timing: timing, temporary: temporary, hidden: hidden) { log.write($0, $1) })
            contents.running[name] = driver
            return (driver, "")
        }
        if let found { return found }
        throw .configuration(refusal)
    }

    /// What a driver says of itself, as it runs; nil where there is none that can be used.
    func manifest(_ name: String) -> DriverManifest? {
        contents.withLock { $0.running[name]?.process.manifest ?? $0.roster.manifest(name) }
    }

    /// The process of a driver; nil while it does not run.
    func pid(_ name: String) -> Int32? { contents.withLock { $0.running[name]?.process.pid } }

    /// Goes on with what is in the folders now. A driver whose manifest is as before is left alone, and
    /// started at once where it waits for that; one whose manifest
    /// cannot be used any more goes on as it is.
    func takeOver(_ roster: DriverRoster) -> Change {
        contents.withLock { contents in
            var change = Change()
            for (name, driver) in contents.running.sorted(by: { $0.key < $1.key }) {
                let old = driver.process.manifest
                let new = roster.manifest(name)
                if new == old {
                    driver.process.hurry()
                    continue
                }
                if new == nil, let broken = roster.found.first(where: { $0.path == old.folder }), broken.manifest == nil
                {
                    change.refusals.append(
                        "driver \(name): its changed manifest is not used, version \(old.version) goes on: "
                            + broken.problems.joined(separator: "; "))
                    continue
                }
                change.drivers.insert(name)
                contents.running[name] = nil
                contents.retired.append(driver.process)
                let what = new.map { "version \(old.version) gives way to \($0.version)" } ?? "it is gone"
                log.write(.info, "driver \(name): \(what)")
            }
            contents.roster = roster
            return change
        }
    }

    /// Ends the programs that have no device any more and are not in `used`; waits for none of them.
    func endIdle(used: Set<String>) {
        contents.withLock { contents in
            for (name, driver) in contents.running where !used.contains(name) && driver.process.isIdle {
                contents.running[name] = nil
                contents.retired.append(driver.process)
            }
            let idle = contents.retired.filter(\.isIdle)
            contents.retired.removeAll(where: \.isIdle)
            for process in idle { contents.ending.append(Task { await process.stop() }) }
        }
    }

    /// Ends all programs, after their devices were closed.
    func stop() async {
        let (processes, ending) = contents.withLock { contents in
            defer {
                contents.running = [:]
                contents.retired = []
                contents.ending = []
                contents.isStopped = true
            }
            return (contents.retired + contents.running.values.map(\.process), contents.ending)
        }
        await withTaskGroup(of: Void.self) { group in
            for process in processes { group.addTask { await process.stop() } }
        }
        for task in ending { await task.value }
    }
}
