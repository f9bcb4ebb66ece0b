import DeviceProfiles
import DriverAPI
import Modbus
import ReadPlanning
import Synchronization

/// A unit of which only some registers answer; it counts what it is asked and notices a write.
final class FakeUnit: RegisterLink {
    private let registers: [RegisterTable: [Int: UInt16]]
    private let log = Mutex<[ReadRequest]>([])
    private let written = Mutex(0)
    /// What is thrown in place of an answer; nil for an answer.
    let failure: LinkError?

    init(_ registers: [RegisterTable: [Int: UInt16]], failure: LinkError? = nil) {
        self.registers = registers
        self.failure = failure
    }

    /// The device of a fixture: what it does not say is 0 where the profile may read, and refused elsewhere.
    convenience init(_ fixture: Fixture, of profile: DeviceProfile) {
        var registers: [RegisterTable: [Int: UInt16]] = [:]
        for (table, islands) in profile.modbus.constraints.readable {
            for address in islands.joined() { registers[table, default: [:]][address] = 0 }
        }
        for (table, words) in fixture.words { registers[table, default: [:]].merge(words) { $1 } }
        for (table, codes) in fixture.exceptions { for address in codes.keys { registers[table]?[address] = nil } }
        self.init(registers)
    }

    var asked: [ReadRequest] { log.withLock { $0 } }
    var writes: Int { written.withLock { $0 } }

    func answer(
        to request: ReadRequest, unit: UInt8, options: RequestOptions
    ) async throws(LinkError) -> Answer {
        log.withLock { $0.append(request) }
        if let failure { throw failure }
        let words = request.range.compactMap { registers[request.table]?[$0] }
        guard words.count == Int(request.count) else { throw .exception(2) }
        return Answer(words: words, sent: .zero, received: .zero)
    }

    func write(_ request: WriteRequest, unit: UInt8, options: RequestOptions) async throws(LinkError) {
        written.withLock { $0 += 1 }
    }

    func modify(
        _ address: UInt16, unit: UInt8, mask: UInt16, bits: UInt16, function: UInt8, options: RequestOptions
    ) async throws(LinkError) -> UInt16 {
        written.withLock { $0 += 1 }
        return 0
    }

    func lastFrame(to unit: UInt8) -> MonotonicTime? { nil }
}
