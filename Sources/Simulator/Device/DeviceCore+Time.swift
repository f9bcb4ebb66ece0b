import DeviceProfiles
import DriverAPI

extension DeviceCore {
    /// Lets the time pass: the watchdog may fall, the car follows, counters run.
    mutating func advance(to time: MonotonicTime) {
        while let next = nextEvent, next <= time {
            now = max(now, next)
            if let expiry = watchdog?.expiry(in: scope), expiry <= now {
                watchdog?.fall()
                reconsider()
            }
            model?.advance(to: now)
            isStale = true
        }
        guard time > now else { return }
        now = time
        model?.advance(to: now)
        isStale = true
    }

    /// The next moment after now at which something changes by itself.
    private var nextEvent: MonotonicTime? {
        let expiry = watchdog?.expiry(in: scope).map { max($0, now) }
        let settled = model.flatMap { $0.settled > now ? $0.settled : nil }
        guard let expiry, let settled else { return expiry ?? settled }
        return min(expiry, settled)
    }

    /// The device starts anew: what is only in RAM is lost, `restarts` counts, and it is silent while it boots.
    mutating func restart(bootTime: Duration) {
        loseRAM()
        if let restarts = number("restarts"), let next = restarts.adding(1) {
            show(.number(next), as: "restarts")
            if let place = map.point("restarts")?.place {
                powerUp.set(image[place.table, place.range], in: place.table, at: place.address)
            }
        }
        bootedAt = now.advanced(by: bootTime)
        watchdog?.restart(at: now)
        reconsider()
    }

    /// What is only in RAM is as it is after power returns, and nothing else happens.
    mutating func loseRAM() {
        image = powerUp
        pinned = [:]
        timers = [:]
        let kept = map.profile.points.filter { $0.write.map { $0.persist != .ram } ?? false }.map(\.name)
        written = written.filter { kept.contains($0.key) }
        reconsider()
    }
}
