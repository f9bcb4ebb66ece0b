import Foundation
import Testing

/// What the page says of backend, connectors and licence.
@Suite(.serialized) struct PageOCPPTests {
    private func text(_ selector: String) -> String {
        "return (document.querySelector('\(selector)') ?? {}).textContent ?? ''"
    }

    @Test(.timeLimit(.minutes(6))) func itShowsTheBackendTheConnectorsAndWhatWaits() async throws {
        let central = try await CentralSystem()
        let site = try await ChargingSite(central)
        let page = try await site.site.page()
        let browser = try await Browser()
        try await browser.open(page)
        try await browser.wait(for: "Online", text("#ocpp .head .pill"))
        try await browser.wait(for: "Available", text("[data-connector=\"1\"] .pill"))
        #expect(try await browser.look(text("#ocpp h3")) == "NORD-1")
        #expect(try await browser.look(text("[data-connector=\"2\"] .name")) == "right")
        #expect(try await browser.look(text("#ocpp .waiting")) == "Nothing waits for the backend")
        // Power Brain boxes need no licence, so that there is nothing to say.
        #expect(try await browser.look("return String(document.querySelector('#licence').hidden)") == "true")

        for (key, value) in [("TransactionMessageAttempts", "1"), ("FreeCharging", "true")] {
            _ = try await central.call("ChangeConfiguration", "{\"key\": \"\(key)\", \"value\": \"\(value)\"}")
        }
        try await site.set(0, 8092, 2)
        try await browser.wait(for: "Charging", text("[data-connector=\"1\"] .pill"))
        let session = try await browser.look(text("[data-connector=\"1\"] .text"))
        #expect(session.hasPrefix("transaction ") && session.contains("since"), "\(session)")

        // A start that is refused is set aside with all that follows; an operator reads what to do.
        try await central.order("{\"do\": \"fault\", \"action\": \"StartTransaction\", \"mode\": \"error\"}")
        try await site.set(1, 8092, 2)
        let isSetAside = "return String(document.querySelector('#ocpp .undelivered').textContent"
        try await browser.wait(for: "true", isSetAside + ".startsWith('1 message could not be delivered'))")

        try await central.kill()
        try await browser.wait(for: "Offline", text("#ocpp .head .pill"))
        try await site.set(0, 8092, 0)
        try await browser.wait(
            for: "1 message waits for the backend, the first for less than a minute", text("#ocpp .waiting"))
        try await browser.fitsEverywhere { scheme, width in
            if let folder = ProcessInfo.processInfo.environment["CHARGEHOST_SHOTS"] {
                try await browser.shot("\(folder)/ocpp-\(scheme)-\(width).png")
            }
        }
        #expect(try await browser.log() == [])
        try await browser.close()
        try await site.end()
    }

    @Test(.timeLimit(.minutes(6))) func itShowsWhoHasAPlaceAndWhoHasNone() async throws {
        let site = try await RunningSite(
            """
            schema: site/1
            name: Other makes
            supply: {limit: 63 A}
            devices:
              - {id: one, address: "ocpp://BOX1/1", connector: 2}
              - {id: two, address: "ocpp://BOX2/1", connector: 3}
              - {id: three, address: "ocpp://BOX3/1", connector: 4}
              - {id: four, address: "ocpp://BOX4/1", connector: 5}
            ocpp:
              slaves: {json: "127.0.0.1:0", security_profile: 0}
            """)
        let page = try await site.page()
        let browser = try await Browser()
        try await browser.open(page)
        try await browser.wait(
            for: "3 of 3 places for boxes of other makes are taken, 0 free", text("#licence .places"))
        #expect(try await browser.look(text("[data-licensed=\"one\"] .pill")) == "Has a place")
        #expect(try await browser.look(text("[data-licensed=\"four\"] .pill")) == "Only read")
        let reason = try await browser.look(text("[data-licensed=\"four\"] .text"))
        #expect(reason.contains("the 3 places for such boxes are taken"), "\(reason)")
        // Slaves alone need no backend, and nothing waits for one.
        #expect(try await browser.look("return String(document.querySelector('#ocpp').hidden)") == "true")
        for width in [390, 1280] {
            try await browser.size(width, "dark")
            try await browser.wait(for: "\(width)", "return String(innerWidth)")
            let scroll = try await browser.look("return String(document.documentElement.scrollWidth)")
            #expect(scroll == "\(width)", "\(width) px")
            #expect(try await browser.contrast() == [], "\(width) px")
            if let folder = ProcessInfo.processInfo.environment["CHARGEHOST_SHOTS"] {
                try await browser.shot("\(folder)/licence-\(width).png")
            }
        }
        #expect(try await browser.log() == [])
        try await browser.close()
        try await site.host.stop()
    }
}
