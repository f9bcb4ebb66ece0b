import Foundation
import TestTools
import Testing

/// Hosts on one site that live for some tenths of a second, one after the other, while the backend has troubles of its own.
struct CrashRun {
    let site: CrashSite
    /// The disk of its data that fills up; nil for one that does not.
    let disk: SmallDisk?
    /// The longest life of most hosts, in milliseconds; one in sixteen lives up to twelve times as long.
    let longest: Int
    var points: CrashPoints
    var chance: CrashChance
    /// Hosts that were killed in all, and of them at any moment.
    private(set) var kills = 0
    private(set) var atAnyMoment = 0
    private(set) var backendKills = 0
    /// Hosts that could not start, since the disk had no room at all.
    private(set) var startsWithoutRoom = 0
    /// What the backend was told to do wrong, by name.
    private(set) var troubles: [String: Int] = [:]
    private var backendReturns = 0

    init(site: CrashSite, points: CrashPoints, disk: SmallDisk?, longest: Int, seed: UInt64) {
        self.site = site
        self.points = points
        self.disk = disk
        self.longest = longest
        chance = CrashChance(seed: seed)
    }

    /// Starts a host as often and kills it; the one that runs at first is killed too.
    ///
    /// Ends sooner where that takes longer than `time`: a machine that does much else must not be held up.
    mutating func run(kills wanted: Int, within time: Duration) async throws {
        let end = ContinuousClock.now + time
        while kills < wanted, ContinuousClock.now < end {
            try await site.site.kill()
            kills += 1
            if chance.next(4) == 0 { chance.next(2) == 0 ? disk?.fill() : disk?.clear() }
            try await trouble()
            // The host looks at its own boxes once a second, so that what it does with them takes a longer life.
            let isLong = chance.next(16) == 0
            let place = chance.next(isLong ? 2 : 3) == 0 ? nil : chance.pick(CrashPoints.places)
            try site.site.start(environment: place.map(points.environment) ?? [:])
            let hasDied: Bool
            if let place {
                hasDied = try await live(isLong ? 12 * longest : longest)
                points.note(place, hasDied: hasDied, step: 1 + chance.next(4))
            } else {
                hasDied = try await live(isLong ? 7 * longest + chance.next(5 * longest) : 20 + chance.next(longest))
            }
            if !hasDied || place == nil { atAnyMoment += 1 }
        }
    }

    /// Lets the host live so long; whether it has died before.
    private mutating func live(_ milliseconds: Int) async throws -> Bool {
        let process = site.site.host.process
        let end = ContinuousClock.now + .milliseconds(milliseconds)
        while process.isRunning, ContinuousClock.now < end { try await Task.sleep(for: .milliseconds(3)) }
        if process.isRunning { return false }
        // On a disk without any room, its reserve used up, a host cannot open its database; the service starts it again.
        if let disk, site.site.host.errorText.contains("is full; nothing was stored") {
            disk.clear()
            startsWithoutRoom += 1
            return true
        }
        // It ends by being killed and by nothing else.
        guard process.terminationReason == .uncaughtSignal, process.terminationStatus == SIGKILL else {
            throw Peer.Failure(
                description: "a host ended by itself (\(process.terminationStatus)): \(site.site.host.errorText)")
        }
        return true
    }

    /// Now and then the backend goes wrong for some calls, is out of reach, or is killed.
    private mutating func trouble() async throws {
        guard let backend = site.backend else {
            backendReturns -= 1
            if backendReturns <= 0 { try await site.startBackend() }
            return
        }
        let action = chance.pick(["StartTransaction", "StopTransaction", "MeterValues", "BootNotification"])
        let mode = chance.pick(["silent", "error", "drop", "mute", "delay", "away", "", "", "", ""])
        switch mode {
        case "": break
        case "away": try await backend.order("{\"do\": \"away\", \"seconds\": 0.\(1 + chance.next(9))}")
        default:
            try await backend.order("{\"do\": \"heal\"}")
            try await backend.order(
                "{\"do\": \"fault\", \"action\": \"\(action)\", \"mode\": \"\(mode)\", \"n\": \(1 + chance.next(2)), "
                    + "\"seconds\": 0.2}")
        }
        if !mode.isEmpty { troubles[mode, default: 0] += 1 }
        if chance.next(40) == 0 {
            try await site.killBackend()
            backendKills += 1
            backendReturns = 1 + chance.next(3)
        }
    }

    /// Lets one host live until all transactions have ended and everything has been delivered.
    mutating func settle() async throws {
        try await site.site.kill()
        disk?.clear()
        try await site.startBackend()
        try await site.backend?.order("{\"do\": \"heal\"}")
        try site.site.start()
        try await site.finish()
    }

    /// The figures of the run, in one line.
    var text: String {
        let deaths = CrashPoints.places.map { place in
            "\(place) \(points.deaths[place] ?? 0) (up to call \(points.latest[place] ?? 0))"
        }
        let wrong = troubles.sorted { $0.key < $1.key }.map { "\($0.key) \($0.value)" }
        return "\(kills) hosts killed, \(atAnyMoment) of them at any moment; \(deaths.joined(separator: ", ")); "
            + "\(startsWithoutRoom) could not start on a full disk; backend: \(backendKills) killed, \(wrong.joined(separator: ", "))"
    }
}
