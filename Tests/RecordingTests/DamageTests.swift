import LoadManagement
import TestTools
import Testing

@testable import Recording

/// Files that are cut, changed or of another kind are told, and never end the program.
struct DamageTests {
    private func bytes(_ count: Int = 60) throws -> [UInt8] {
        var site = try DrivenSite(boxes: 3, seed: 9, luck: .rough)
        return try segment((0..<count).map { _ in site.tick() })
    }

    @Test func aFileThatIsCutGivesWhatIsWhole() throws {
        let bytes = try bytes(20)
        var before = 0
        for length in 0..<bytes.count {
            guard let (report, ending) = try? replayed(Array(bytes[..<length])) else {
                #expect(before == 0, "a longer piece says no less")
                continue
            }
            #expect(ending == .complete || ending == .cut)
            #expect(report.ticks >= before)
            #expect(report.isEqual)
            before = report.ticks
        }
        #expect(before == 19)
    }

    @Test func theErrorsSayWhatIsWrong() throws {
        let bytes = try bytes(3)
        #expect(throws: RecordingError.empty) { try SegmentReader([]) }
        #expect(throws: RecordingError.empty) { try SegmentReader(Array(bytes[..<40])) }
        #expect(throws: RecordingError.noRecording) { try SegmentReader(Array("SQLite format 3".utf8)) }
        var other = bytes
        other[7] = 9
        #expect(throws: RecordingError.format(9)) { try SegmentReader(other) }
        #expect(RecordingError.format(9).description.contains("format 9, this program reads format 1"))
    }

    @Test func zerosAtTheEndAreTheEnd() throws {
        let bytes = try bytes(5)
        let (report, ending) = try replayed(bytes + [UInt8](repeating: 0, count: 4096))
        #expect(report.ticks == 5)
        #expect(ending == .complete)
    }

    @Test func everyBitThatTurnsOverIsFound() throws {
        let bytes = try bytes(12)
        let whole = try replayed(bytes).report.ticks
        var random = SeededGenerator(seed: 1)
        for _ in 0..<600 {
            var changed = bytes
            let place = Int.random(in: 8..<bytes.count, using: &random)
            changed[place] ^= 1 << UInt8.random(in: 0..<8, using: &random)
            do {
                let (report, ending) = try replayed(changed)
                #expect(ending != .complete, "byte \(place)")
                #expect(report.ticks < whole)
                #expect(report.isEqual)
            } catch let error as RecordingError {
                #expect(!error.description.isEmpty)
            }
        }
    }

    /// Checksums put right again lead the decoder itself astray.
    @Test(arguments: 0..<8) func nonsenseWithRightChecksumsEndsNothing(_ seed: Int) throws {
        let bytes = try bytes(6)
        var random = SeededGenerator(seed: seed)
        var records: [[UInt8]] = []
        var place = 8
        while case .record(let content, let next) = Frame.find(bytes, at: place) {
            records.append(Array(content))
            place = next
        }
        #expect(records.count == 7)
        for _ in 0..<250 {
            var changed = records
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                let record = Int.random(in: changed.indices, using: &random)
                switch Int.random(in: 0..<4, using: &random) {
                case 0: changed[record].removeLast(min(changed[record].count, Int.random(in: 1...9, using: &random)))
                case 1: changed[record] = (0..<200).map { _ in UInt8.random(in: 0...255, using: &random) }
                case 2: changed.swapAt(record, Int.random(in: changed.indices, using: &random))
                default:
                    guard !changed[record].isEmpty else { continue }
                    let byte = Int.random(in: changed[record].indices, using: &random)
                    changed[record][byte] = UInt8.random(in: 0...255, using: &random)
                }
            }
            let file = changed.reduce(into: Array(bytes[..<8])) { $0 += Frame.framed($1) }
            do throws(RecordingError) {
                let reader = try SegmentReader(file)
                while try reader.next() != nil {}
                #expect(reader.ending != nil)
            } catch {
                #expect(!error.description.isEmpty)
            }
        }
    }
}
