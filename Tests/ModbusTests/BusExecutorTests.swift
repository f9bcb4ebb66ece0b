import DriverAPI
import Glibc
import ReadPlanning
import Synchronization
import Testing

@testable import Modbus

@Suite(.timeLimit(.minutes(5))) struct BusExecutorTests {
    /// Runs something before each answer; the answers are zeros.
    private struct Probe: ModbusHandler {
        let before: @Sendable (Int) -> Void

        func respond(unit: UInt8, pdu: [UInt8], at moment: MonotonicTime) -> ModbusReply {
            before(Int(pdu[1]) << 8 | Int(pdu[2]))
            return .pdu([pdu[0], 2, 0, 0])
        }
    }

    private final class Flag: Sendable {
        private let value = Atomic(false)
        var isSet: Bool { value.load(ordering: .acquiring) }
        func set() { value.store(true, ordering: .releasing) }
    }

    private func thread() -> UInt { UInt(pthread_self()) }

    @Test func aTaskOfTheBusStaysOnItsThreadAcrossReads() async throws {
        let server = try ModbusServer()
        let bus = Bus(try server.endpoint(Registers()))
        let threads = try await withTaskExecutorPreference(bus.executor) { () async throws -> [UInt] in
            var threads = [thread()]
            for address in 1...20 as ClosedRange<UInt16> {
                let words = try await bus.registers(address)
                #expect(words == [address])
                threads.append(thread())
            }
            return threads
        }
        #expect(Set(threads).count == 1)
    }

    @Test func aJobRunsBetweenTwoRequestsOfABatch() async throws {
        let ran = Flag()
        let seen = Mutex<[Bool]>([])
        let executor = Mutex<(any TaskExecutor)?>(nil)
        let server = try ModbusServer()
        let bus = Bus(
            try server.endpoint(
                Probe { address in
                    seen.withLock { $0.append(ran.isSet) }
                    guard address == 0 else { return }
                    Task(executorPreference: executor.withLock { $0 }) { ran.set() }
                }))
        executor.withLock { $0 = bus.executor }
        let batch = (0..<2).map { UnitRead(ReadRequest(.holding, at: $0, count: 1), unit: 1) }
        let results = await bus.read(batch, options: RequestOptions(timeout: .seconds(20)))
        #expect(results.allSatisfy { (try? $0.get()) != nil })
        #expect(seen.withLock { $0 } == [false, true])
    }

    @Test func aTaskThatNeverRestsKeepsNoRequestWaiting() async throws {
        let isOver = Flag()
        let server = try ModbusServer()
        let bus = Bus(try server.endpoint(Registers()))
        let restless = Task(executorPreference: bus.executor) {
            while !isOver.isSet { await Task.yield() }
        }
        for address in 1...20 as ClosedRange<UInt16> { #expect(try await bus.registers(address) == [address]) }
        isOver.set()
        await restless.value
    }

    @Test func aTaskGoesOnWhenItsBusIsClosed() async throws {
        let server = try ModbusServer()
        let bus = Bus(try server.endpoint(Registers()))
        let outcome = await withTaskExecutorPreference(bus.executor) { () async -> LinkError? in
            bus.close()
            await Task.yield()
            do throws(LinkError) {
                _ = try await bus.registers(1)
                return nil
            } catch {
                return error
            }
        }
        #expect(outcome == .closed)
    }

    @Test func whatIsPutInAfterTheEndRunsElsewhere() async throws {
        let server = try ModbusServer()
        var bus: Bus? = Bus(try server.endpoint(Registers()))
        let executor = bus?.executor
        bus = nil
        #expect(await Task(executorPreference: executor) { 7 }.value == 7)
    }
}
