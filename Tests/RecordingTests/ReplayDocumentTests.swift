import Foundation
import LoadManagement
import Testing

@testable import Recording

struct ReplayDocumentTests {
    /// The ticks from the 100th on, as they are read out of a recording.
    private func document(_ seed: Int, count: Int = 120) throws -> (document: ReplayDocument, anonymity: Anonymity) {
        var site = try DrivenSite(boxes: 4, seed: seed, luck: .rough)
        let reader = try SegmentReader(segment((0..<100 + count).map { _ in site.tick() }))
        var replay = Replay(reader)
        for _ in 0..<100 { if let tick = try reader.next() { _ = try replay.step(tick) } }
        let memory = replay.memory
        var document = try ReplayDocument(name: "a \"name\"", program: "0.1.0", memory: memory)
        var ticks: [ReadTick] = []
        while let tick = try reader.next() {
            try document.add(tick)
            ticks.append(tick)
        }
        return (document, Anonymity(memory: memory, ticks: ticks))
    }

    @Test(arguments: 0..<4) func aPieceOfARecordingStandsByItself(_ seed: Int) throws {
        let document = try document(seed).document
        let read = try ReplayDocument(text: Array(document.text.utf8))
        #expect(read.name == "a \"name\"")
        #expect(read.text == document.text || read.ticks.count == document.ticks.count)
        let report = try read.run()
        #expect(report.ticks == 120)
        #expect(report.orders > 0)
        #expect(report.differingTicks.isEmpty)
        #expect(report.notes.isEmpty)
    }

    @Test func anotherDecisionIsFound() throws {
        var document = try document(2).document
        let place = try #require(document.ticks.firstIndex { !($0.decision["orders"]?.elements ?? []).isEmpty })
        guard case .record(var fields) = document.ticks[place].decision else { return }
        fields[0] = .init("orders", .list([]))
        document.ticks[place].decision = .record(fields)
        let report = try ReplayDocument(text: Array(document.text.utf8)).run()
        #expect(report.differing == 1)
        #expect(report.differingTicks.first?.differences.first?.path == "orders[0]")
        #expect(try document.accepted(program: "0.2.0").run().isEqual)
        #expect(try document.accepted(program: "0.2.0").program == "0.2.0")
    }

    @Test func namesAreTakenOutAndDecisionsStay() throws {
        let (document, anonymity) = try document(1)
        let anonymous = try ReplayDocument(text: Array(anonymity.applied(to: document).text.utf8))
        for name in ["box.0", "box.1", "box.2", "box.3", "supply", "parking"] {
            #expect(!anonymous.text.contains("\"\(name)\""), "\(name) is still there")
        }
        #expect(anonymous.text.contains("\"box-4\""))
        #expect(anonymous.text.contains("\"circuit-2\""))
        let report = try anonymous.run()
        #expect(report.orders == (try document.run().orders))
        #expect(report.isEqual)
    }

    @Test func namesKeepTheirOrder() throws {
        let boxes = (0..<12).map { BoxSetup(id: "b\($0)", node: "n", ability: BoxAbility(maximum: 1)) }
        let memory = Memory(bookings: Dictionary(boxes.map { ($0.id, BoxBooking($0)) }) { first, _ in first })
        let anonymity = Anonymity(memory: memory, ticks: [])
        // In the order of text: b0, b1, b10, b11, b2…
        #expect(anonymity.name("b1") == "box-02")
        #expect(anonymity.name("b10") == "box-03")
        #expect(anonymity.name("b9") == "box-12")
        #expect(anonymity.name("n") == "circuit-1")
        #expect(anonymity.name("other") == "other")
    }

    @Test func whatIsNoDocumentSaysWhy() {
        func problem(_ text: String) -> String {
            do throws(DocumentError) {
                _ = try ReplayDocument(text: Array(text.utf8))
                return ""
            } catch { return error.description }
        }
        #expect(problem("{").contains("no JSON"))
        #expect(problem("{}").contains("schema is missing"))
        #expect(problem(#"{"schema": "recording-test/9"}"#).contains("recording-test/9"))
        #expect(problem(#"{"schema": "recording-test/1", "name": "x", "program": "y"}"#).contains("memory is missing"))
        let empty = #"{"schema": "recording-test/1", "name": "x", "program": "y", "memory": {}, "ticks": []}"#
        #expect(problem(empty).contains("ticks[0] is missing"))
    }

    /// Every document in the folder Recordings is a test: what a site has recorded is decided the same for ever.
    @Test func everyRecordingInTheFolderIsDecidedTheSame() throws {
        let folder = try #require(Bundle.module.resourceURL).appendingPathComponent("Recordings")
        let files = try FileManager.default.contentsOfDirectory(atPath: folder.path).filter { $0.hasSuffix(".json") }
        #expect(!files.isEmpty)
        for file in files.sorted() {
            let text = try Data(contentsOf: folder.appendingPathComponent(file))
            let report = try ReplayDocument(text: [UInt8](text)).run()
            #expect(report.ticks > 0, "\(file)")
            #expect(report.isEqual, "\(file): \(report.differingTicks.first?.differences.prefix(3) ?? [])")
        }
    }
}
