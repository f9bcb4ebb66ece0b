import Foundation
import Testing

/// The page of a running host in a browser: boxes in one process, the host in another, Chromium in a third.
@Suite(.serialized) struct PageTests {
    /// Boxes, a host on them, and the address of its page.
    private struct Running {
        let boxes: Peer
        let host: Peer
        let page: String
        let folder: Folder

        /// Two boxes on 20 A; 16 A are the most that each takes.
        init() async throws {
            folder = try Folder()
            boxes = try Programs.python("power_brain.py", ["2"])
            try await boxes.line { $0 == "ready" }
            let ports = boxes.lines.filter { $0.hasPrefix("port ") }.map { $0.dropFirst(5) }
            let file = folder.path + "/site.yaml"
            try """
            schema: site/1
            name: Two boxes
            supply: {limit: 20 A}
            devices:
              - {id: a, profile: cfos.power-brain, address: "127.0.0.1:\(ports[0])"}
              - {id: b, profile: cfos.power-brain, address: "127.0.0.1:\(ports[1])"}
            """.write(toFile: file, atomically: true, encoding: .utf8)
            host = try Programs.chargehost([
                "run", "--site", file, "--data", folder.path + "/data", "--http", "127.0.0.1:0",
            ])
            page = try await host.line { $0.hasPrefix("the page: http://") }.replacing("the page: ", with: "")
        }

        /// Sets registers of a box.
        func set(_ box: Int, _ address: Int, _ words: Int...) async throws {
            let order = ([box, address] + words).map(String.init).joined(separator: " ")
            let before = boxes.lines.count
            boxes.send(order)
            try await boxes.line(from: before) { $0 == "done " + order }
        }

        func end() async throws {
            #expect(try await host.stop() == 0)
            try await boxes.stop(SIGKILL)
        }
    }

    private func part(_ box: String, _ selector: String) -> String {
        #"document.querySelector('[data-box="\#(box)"] \#(selector)')"#
    }

    @Test func itFollowsTheBoxesAndSaysWhy() async throws {
        let running = try await Running()
        let browser = try await Browser()
        try await browser.open(running.page)
        try await browser.wait(for: "Two boxes", "return document.querySelector('h1').textContent")
        try await browser.wait(for: "Live", "return document.querySelector('#connection').textContent")
        try await browser.wait(for: "No car", "return \(part("a", ".pill"))?.textContent")

        // A car comes: state C. It is the only one and gets all that the box takes.
        try await running.set(0, 8092, 2)
        try await browser.wait(for: "Charging", "return \(part("a", ".pill")).textContent")
        try await browser.wait(
            for: "it has all that box and car can take", "return \(part("a", ".why span:last-child")).textContent")

        // It draws 8 of 16 A on each phase.
        #expect(try await browser.look("return \(part("a", ".part-drawn")).style.width") == "0%")
        try await running.set(0, 8062, 0, 5520, 0, 80, 0, 80, 0, 80)
        try await browser.wait(for: "50%", "return \(part("a", ".part-drawn")).style.width")
        #expect(try await browser.look("return \(part("a", ".power")).textContent") == "5.5\u{A0}kW")

        // Another car: 10 A are left for each, and the supply is why.
        try await running.set(1, 8092, 2)
        for box in ["a", "b"] {
            try await browser.wait(
                for: "true", "return String(\(part(box, ".why")).textContent.includes('circuit supply is full on L'))")
        }
        try await browser.wait(for: "true", "return String(\(part("b", ".offer")).textContent.startsWith('told 10.0'))")
        #expect(try await browser.log() == [])
        try await browser.close()
        try await running.end()
    }

    @Test func itFitsAndCanBeReadOnAPhoneAndADesktopByDayAndByNight() async throws {
        let running = try await Running()
        try await running.set(0, 8092, 2)
        let browser = try await Browser()
        try await browser.open(running.page)
        try await browser.wait(for: "Charging", "return \(part("a", ".pill"))?.textContent")
        var grounds: Set<String> = []
        try await browser.fitsEverywhere { _, _ in
            let picture = running.folder.path + "/page.png"
            try await browser.shot(picture)
            let bytes = try #require(FileManager.default.contents(atPath: picture))
            #expect(bytes.starts(with: [0x89, 0x50, 0x4E, 0x47]) && bytes.count > 10_000)
            grounds.insert(try await browser.look("return getComputedStyle(document.body).backgroundColor"))
        }
        #expect(grounds.count == 2)
        #expect(try await browser.log() == [])
        try await browser.close()
        try await running.end()
    }

    @Test func withoutAWebSocketItAsksAndItSaysWhenTheHostIsGone() async throws {
        let running = try await Running()
        let browser = try await Browser()
        try await browser.open(running.page, socket: false)
        try await browser.wait(for: "Live, every 2 s", "return document.querySelector('#connection').textContent")
        try await running.set(0, 8092, 2)
        try await browser.wait(for: "Charging", "return \(part("a", ".pill"))?.textContent")
        try await running.end()
        try await browser.wait(
            for: "Connection lost, trying again", "return document.querySelector('#connection').textContent")
        try await browser.close()
    }
}
