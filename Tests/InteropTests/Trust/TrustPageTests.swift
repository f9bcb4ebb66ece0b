import Foundation
import Host
import Testing

/// What the page says of boxes whose profiles wait for an installer's word.
@Suite(.serialized) struct TrustPageTests {
    private func text(_ selector: String) -> String {
        "return (document.querySelector('\(selector)') ?? {}).textContent ?? ''"
    }

    private static let isHidden = "return String(document.querySelector('#trust').hidden)"

    @Test(.timeLimit(.minutes(6))) func itShowsADraftUntilItIsConfirmedWithTheBoxInView() async throws {
        let published = try await PublishedProfiles()
        let simulator = try Programs.chargehost([
            "simulate", "--json", "--profile", published.profile + "@charging", "--listen", "127.0.0.1:0",
        ])
        let line = try await simulator.line { $0.hasPrefix("{") }
        let address = try #require(line.firstMatch(of: /127\.0\.0\.1:\d+/)?.output)
        let site = try await RunningSite(
            """
            schema: site/1
            name: Draft
            supply: {limit: 32 A}
            devices: [{id: garage, profile: "\(published.profile)", address: "\(address)"}]
            """)
        let browser = try await Browser()
        try await browser.open(try await site.page())
        try await browser.wait(
            for: "1 box waits for an installer who has seen that the box does what it is told", text("#trust .places"))
        let reason = try await browser.look(text("[data-trust=\"garage\"] .text"))
        #expect(reason.hasPrefix("acme.box: its profile is a draft"), "\(reason)")
        #expect(reason.contains("chargehost profile confirm garage --statement"), "\(reason)")
        #expect(try await browser.look(text("[data-trust=\"garage\"] .pill")) == "Waits")
        for scheme in ["light", "dark"] {
            for width in [390, 1280] {
                try await browser.size(width, scheme)
                try await browser.wait(for: "\(width)", "return String(innerWidth)")
                let scroll = try await browser.look("return String(document.documentElement.scrollWidth)")
                #expect(scroll == "\(width)", "\(scheme), \(width) px")
                #expect(try await browser.contrast() == [], "\(scheme), \(width) px")
                if let folder = ProcessInfo.processInfo.environment["CHARGEHOST_SHOTS"] {
                    try await browser.shot("\(folder)/trust-\(scheme)-\(width).png")
                }
            }
        }
        let client = ControlClient(folder: site.data)
        let body = #"{"statement": "6 A, 10 A and off seen on the display", "by": "Ada"}"#
        let answer = try await client.send(
            ControlRequest(
                method: "POST", path: "/api/v1/devices/garage/confirm-profile", body: Array(body.utf8)))
        #expect(answer.status == 200, "\(String(decoding: answer.body, as: UTF8.self))")
        try await browser.wait(for: "true", Self.isHidden)
        #expect(try await browser.log() == [])
        try await browser.close()
        #expect(try await site.host.stop() == 0)
        try await simulator.stop(SIGKILL)
        try await published.end()
    }
}
