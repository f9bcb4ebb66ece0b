@testable import Host

extension SiteStatus {
    /// A small site as documents show it.
    static func sample(boxes: [String] = ["a", "b"], power: Double = 0, alarms: [String] = []) -> SiteStatus {
        SiteStatus(
            name: "test", role: "master", mode: "manage", time: "2026-08-04T10:15:00Z", uptime_s: 1,
            circuits: [
                Circuit(
                    id: "supply", limit_a: [35, 35, 35], reserve_a: 1, usable_a: [34, 34, 34], base_a: [1, 2, 3],
                    booked_a: [16, 16, 16], blind: false)
            ],
            boxes: boxes.map { id in
                Box(
                    id: id, title: "A box", circuit: "supply", link: "online", state: "C", told_a: 16,
                    drawn_a: [15.9, 15.9, 15.9], power_w: power, booked_a: 16, reason: "max", why: "it has all")
            },
            instruments: [
                Instrument(id: "grid", title: "A meter", device_class: "meter", role: "grid", link: "online")
            ],
            alarms: alarms)
    }
}
