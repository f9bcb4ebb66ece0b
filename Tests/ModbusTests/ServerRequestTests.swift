import ReadPlanning
import Testing

@testable import Modbus

/// Requests and answers as the Modbus Application Protocol V1.1b3 prints them.
@Suite struct ServerRequestTests {
    @Test func readsAreAsInTheStandard() throws {
        // 6.1: coils 20-38; 6.2: discrete inputs 197-218; 6.3: registers 108-110; 6.4: input register 9.
        let coils = try ServerRequest(pdu: [0x01, 0x00, 0x13, 0x00, 0x13])
        #expect(coils == .read(ReadRequest(.coil, at: 0x13, count: 19)))
        let states: [UInt16] = [1, 0, 1, 1, 0, 0, 1, 1, 1, 1, 0, 1, 0, 1, 1, 0, 1, 0, 1]
        #expect(coils.answer(states) == [0x01, 0x03, 0xCD, 0x6B, 0x05])
        let registers = try ServerRequest(pdu: [0x03, 0x00, 0x6B, 0x00, 0x03])
        #expect(registers.answer([0x022B, 0, 0x64]) == [0x03, 0x06, 0x02, 0x2B, 0x00, 0x00, 0x00, 0x64])
        let input = try ServerRequest(pdu: [0x04, 0x00, 0x08, 0x00, 0x01])
        #expect(input.answer([0x0A]) == [0x04, 0x02, 0x00, 0x0A])
        let discrete = try ServerRequest(pdu: [0x02, 0x00, 0xC4, 0x00, 0x16])
        #expect(discrete.range == 0xC4..<0xDA)
    }

    @Test func writesAreAsInTheStandard() throws {
        // 6.5: coil 173 on; 6.6: register 2 to 3; 6.11: ten coils from 20; 6.12: registers 2 and 3.
        let coil = try ServerRequest(pdu: [0x05, 0x00, 0xAC, 0xFF, 0x00])
        #expect(coil == .write(WriteRequest(function: 5, address: 0xAC, words: [1])))
        #expect(coil.answer() == [0x05, 0x00, 0xAC, 0xFF, 0x00])
        let register = try ServerRequest(pdu: [0x06, 0x00, 0x01, 0x00, 0x03])
        #expect(register.answer() == [0x06, 0x00, 0x01, 0x00, 0x03])
        let coils = try ServerRequest(pdu: [0x0F, 0x00, 0x13, 0x00, 0x0A, 0x02, 0xCD, 0x01])
        #expect(coils == .write(WriteRequest(function: 15, address: 0x13, words: [1, 0, 1, 1, 0, 0, 1, 1, 1, 0])))
        #expect(coils.answer() == [0x0F, 0x00, 0x13, 0x00, 0x0A])
        let registers = try ServerRequest(pdu: [0x10, 0x00, 0x01, 0x00, 0x02, 0x04, 0x00, 0x0A, 0x01, 0x02])
        #expect(registers == .write(WriteRequest(function: 16, address: 1, words: [0x0A, 0x0102])))
        #expect(registers.answer() == [0x10, 0x00, 0x01, 0x00, 0x02])
        #expect(registers.refusal(.illegalDataAddress) == [0x90, 0x02])
    }

    @Test(arguments: [
        ([] as [UInt8], ModbusException.illegalFunction),
        ([0x07], .illegalFunction), ([0x2B, 0x0E, 1, 0], .illegalFunction), ([0x83, 0, 0, 0, 1], .illegalFunction),
        ([3, 0, 0, 0], .illegalDataValue), ([3, 0, 0, 0, 0], .illegalDataValue),
        ([3, 0, 0, 0, 126], .illegalDataValue),
        ([3, 0, 0, 0, 1, 0], .illegalDataValue), ([1, 0, 0, 0x07, 0xD1], .illegalDataValue),
        ([3, 0xFF, 0xFF, 0, 2], .illegalDataAddress), ([5, 0, 0, 0, 1], .illegalDataValue),
        ([16, 0, 0, 0, 1, 2, 0], .illegalDataValue), ([16, 0, 0, 0, 1, 4, 0, 0], .illegalDataValue),
        ([16, 0, 0, 0, 0, 0], .illegalDataValue), ([16, 0, 0, 0, 2, 2, 0, 0], .illegalDataValue),
        ([15, 0, 0, 0, 9, 1, 0], .illegalDataValue), ([16, 0xFF, 0xFF, 0, 2, 4, 0, 0, 0, 0], .illegalDataAddress),
        ([6, 0, 0, 0], .illegalDataValue),
    ])
    func aWrongRequestIsRefused(pdu: [UInt8], exception: ModbusException) {
        #expect(throws: exception) { try ServerRequest(pdu: pdu) }
    }

    @Test func theLargestRequestsAreTaken() throws {
        #expect(throws: Never.self) { try ServerRequest(pdu: [3, 0, 0, 0, 125]) }
        #expect(throws: Never.self) { try ServerRequest(pdu: [1, 0, 0, 0x07, 0xD0]) }
        let registers = [16, 0, 0, 0, 123, 246] + [UInt8](repeating: 0, count: 246)
        #expect(throws: Never.self) { try ServerRequest(pdu: registers) }
        let coils = [15, 0, 0, 0x07, 0xB0, 246] + [UInt8](repeating: 0, count: 246)
        #expect(throws: Never.self) { try ServerRequest(pdu: coils) }
    }

    @Test func anAnswerWithTheWrongNumberOfWordsIsADeviceFailure() throws {
        #expect(try ServerRequest(pdu: [3, 0, 0, 0, 2]).answer([1]) == [0x83, 4])
    }

    @Test func framesAreCutWhereverTheBytesAreSplit() {
        let frame: [UInt8] = CRC16.sealed([1, 3, 0, 4, 0, 2])
        let write = CRC16.sealed([2, 16, 0, 0, 0, 1, 2, 9, 9])
        for split in 0...frame.count + write.count {
            var framer = RTUFramer()
            var found: [[UInt8]] = []
            for part in [(frame + write).prefix(split), (frame + write).dropFirst(split)] {
                Array(part).withUnsafeBytes { framer.feed($0, at: .zero) }
                while case .frame(let cut) = framer.next() { found.append([cut.unit] + cut.pdu) }
            }
            #expect(found == [Array(frame.dropLast(2)), Array(write.dropLast(2))])
            #expect(!framer.isOpen)
        }
    }

    @Test func aFrameOfUnknownLengthIsCutBySilence() {
        var framer = RTUFramer()
        CRC16.sealed([1, 0x2B, 0x0E, 1, 0]).withUnsafeBytes { framer.feed($0, at: .zero) }
        #expect(framer.next() == .incomplete)
        #expect(
            framer.silence()
                == .frame(ServerFrame(transaction: 0, unit: 1, pdu: [0x2B, 0x0E, 1, 0], began: .zero)))
        ([1, 2, 3, 4, 5] as [UInt8]).withUnsafeBytes { framer.feed($0, at: .zero) }
        #expect(framer.silence() == .garbage)
        #expect(!framer.isOpen)
    }

    @Test func timersComeInTheirOrder() {
        var timers = TimerQueue<Int>()
        let moments = [50, 10, 40, 10, 30, 20, 10, 60]
        for (index, moment) in moments.enumerated() { timers.add(index, at: .init(nanoseconds: Int64(moment))) }
        #expect(timers.take(due: .init(nanoseconds: 9)) == nil)
        var order: [Int] = []
        while let next = timers.take(due: .init(nanoseconds: 50)) { order.append(next) }
        #expect(order == [1, 3, 6, 5, 4, 2, 0])
        #expect(timers.next == .init(nanoseconds: 60))
    }
}
