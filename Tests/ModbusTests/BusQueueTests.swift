import DriverAPI
import ReadPlanning
import Testing

@testable import Modbus

/// The order in which requests go out, without a line: a state, a clock made of numbers, and a log.
@Suite struct BusQueueTests {
    private static func at(_ milliseconds: Int) -> MonotonicTime { .zero.advanced(by: .milliseconds(milliseconds)) }

    private func entry(
        _ id: UInt64, unit: UInt8 = 1, _ urgency: RequestOptions.Urgency = .poll, due: Int = 0,
        gaps: RequestGaps = .init(), write: Bool = false, count: Int = 1
    ) -> BusEntry {
        let read = ReadRequest(.holding, at: UInt16(id), count: 1)
        let work: BusEntry.Work =
            write
            ? .single(.write(WriteRequest(function: 6, address: 1, words: [1])), unit: unit)
            : .batch([UnitRead](repeating: UnitRead(read, unit: unit), count: count))
        let options = RequestOptions(urgency: urgency, deadline: Self.at(due), gaps: gaps)
        return BusEntry(id: id, work: work, options: options, due: Self.at(due), deliver: { _ in })
    }

    private func next(_ state: inout BusState, at now: Int) -> UInt64? {
        guard case .done(.turn(let turn)) = state.next(now: Self.at(now)) else { return nil }
        return turn.id
    }

    private func waits(_ state: inout BusState, at now: Int) -> MonotonicTime? {
        guard case .wait(let until) = state.next(now: Self.at(now)) else { return nil }
        return until
    }

    /// Lets a turn take `took` milliseconds.
    private func finish(
        _ state: inout BusState, _ id: UInt64, unit: UInt8 = 1, write: Bool = false, at now: Int, took: Int
    ) {
        let request: BusRequest =
            write
            ? .write(WriteRequest(function: 6, address: 1, words: [1])) : .read(ReadRequest(.holding, at: 1, count: 1))
        let sent = Self.at(now - took)
        state.history.noteEnd(of: request, unit: unit, at: Self.at(now))
        let answer = Answer(words: [1], sent: sent, received: Self.at(now))
        state.note(unit: unit, sent: sent, answered: Self.at(now), bytes: (0, 0), .success(answer))
        _ = state.finish(id, .success(answer))
    }

    @Test func urgencyGoesFirstThenTheDeadlineThenTheOrder() {
        var state = BusState(silence: .zero)
        let entries = [
            entry(1, .poll, due: 50), entry(2, .poll, due: 10), entry(3, .verify, due: 90),
            entry(4, .setPoint, due: 99),
            entry(5, .setPoint, due: 99), entry(6, .poll, due: 10),
        ]
        for entry in entries { #expect(state.add(entry) == nil) }
        var order: [UInt64] = []
        while let id = next(&state, at: 100) {
            order.append(id)
            finish(&state, id, at: 100, took: 1)
        }
        #expect(order == [4, 5, 3, 2, 6, 1])
    }

    @Test func aSetPointOvertakesTheRestOfABatch() {
        var state = BusState(silence: .zero)
        _ = state.add(entry(1, count: 3))
        #expect(next(&state, at: 0) == 1)
        _ = state.add(entry(2, .setPoint, write: true))
        finish(&state, 1, at: 1, took: 1)
        #expect(next(&state, at: 1) == 2)
        finish(&state, 2, write: true, at: 2, took: 1)
        #expect(next(&state, at: 2) == 1)
    }

    @Test func aUnitThatNeedsAPauseLetsOthersGo() {
        var state = BusState(silence: .zero)
        let gaps = RequestGaps(between: .milliseconds(100))
        finish(&state, 9, unit: 1, at: 0, took: 1)
        _ = state.add(entry(1, unit: 1, due: 0, gaps: gaps))
        _ = state.add(entry(2, unit: 2, due: 5))
        #expect(next(&state, at: 10) == 2)
        finish(&state, 2, unit: 2, at: 20, took: 10)
        #expect(waits(&state, at: 20) == Self.at(100))
        #expect(next(&state, at: 100) == 1)
    }

    @Test func aPollThatCannotBeDoneInTimeDoesNotDelayASetPoint() {
        var state = BusState(silence: .zero)
        finish(&state, 9, unit: 2, at: 0, took: 80)
        finish(&state, 9, unit: 1, write: true, at: 0, took: 1)
        let gaps = RequestGaps(afterWrite: .milliseconds(50))
        _ = state.add(entry(1, unit: 1, .setPoint, gaps: gaps, write: true))
        _ = state.add(entry(2, unit: 2, .poll))
        #expect(waits(&state, at: 10) == Self.at(50))
        #expect(next(&state, at: 50) == 1)
    }

    @Test func aQuickPollFillsThePauseBeforeASetPoint() {
        var state = BusState(silence: .zero)
        finish(&state, 9, unit: 2, at: 0, took: 8)
        finish(&state, 9, unit: 1, write: true, at: 0, took: 1)
        let gaps = RequestGaps(writes: .milliseconds(500))
        _ = state.add(entry(1, unit: 1, .setPoint, gaps: gaps, write: true))
        _ = state.add(entry(2, unit: 2, .poll))
        // 8 ms and a quarter are over long before 500 ms.
        #expect(next(&state, at: 10) == 2)
    }

    @Test func aUnitThatNeedsAQuietLineIsNotStarvedByItsNeighbours() {
        var state = BusState(silence: .zero)
        finish(&state, 9, unit: 2, at: 0, took: 10)
        let gaps = RequestGaps(neighbour: .milliseconds(50))
        _ = state.add(entry(1, unit: 1, due: 0, gaps: gaps))
        _ = state.add(entry(2, unit: 2, due: 1, count: 100))
        #expect(waits(&state, at: 10) == Self.at(50))
        #expect(next(&state, at: 50) == 1)
    }

    @Test func theNeighbourGapHoldsAfterOthersOnly() {
        var state = BusState(silence: .zero)
        let gaps = RequestGaps(neighbour: .milliseconds(50))
        finish(&state, 9, unit: 1, at: 0, took: 10)
        _ = state.add(entry(1, unit: 1, gaps: gaps))
        #expect(next(&state, at: 0) == 1)
    }

    @Test func everyGapCountsFromItsOwnMoment() {
        let gaps = RequestGaps(
            between: .milliseconds(10), neighbour: .milliseconds(20), writes: .milliseconds(40),
            afterConnect: .milliseconds(80), afterWrite: .milliseconds(30))
        let read = BusRequest.read(ReadRequest(.holding, at: 0, count: 1))
        let write = BusRequest.write(WriteRequest(function: 6, address: 0, words: [0]))
        var history = LineHistory(silence: .milliseconds(4))
        #expect(history.ready(read, to: 1, gaps: gaps) == .zero)
        history.noteConnect(at: Self.at(0))
        #expect(history.ready(read, to: 1, gaps: gaps) == Self.at(80))
        history.noteEnd(of: read, unit: 1, at: Self.at(1000))
        #expect(history.ready(read, to: 1, gaps: gaps) == Self.at(1010))
        #expect(history.ready(read, to: 2, gaps: gaps) == Self.at(1020))
        #expect(history.ready(read, to: 2, gaps: .init()) == Self.at(1004))
        history.noteEnd(of: write, unit: 1, at: Self.at(2000))
        #expect(history.ready(read, to: 1, gaps: gaps) == Self.at(2030))
        #expect(history.ready(write, to: 1, gaps: gaps) == Self.at(2040))
        #expect(history.ready(write, to: 2, gaps: gaps) == Self.at(2020))
    }

    @Test func afterSilenceAnotherReadOfTheSameSizeWaitsForTheLateAnswer() {
        let lost = BusRequest.read(ReadRequest(.holding, at: 0, count: 2))
        let alike = BusRequest.read(ReadRequest(.holding, at: 50, count: 2))
        let longer = BusRequest.read(ReadRequest(.holding, at: 50, count: 3))
        let write = BusRequest.write(WriteRequest(function: 6, address: 0, words: [0]))
        var history = LineHistory(silence: .zero)
        history.noteSilence(lost, unit: 1, until: Self.at(900))
        #expect(history.ready(alike, to: 1, gaps: .init()) == Self.at(900))
        // The same question gets the same answer, and these answers look different.
        for other in [lost, longer, write] { #expect(history.ready(other, to: 1, gaps: .init()) == .zero) }
        #expect(history.ready(alike, to: 2, gaps: .init()) == .zero)
    }

    @Test func givenUpRequestsAreDroppedUnlessOnTheLine() {
        var state = BusState(silence: .zero)
        _ = state.add(entry(1))
        _ = state.add(entry(2, count: 2))
        #expect(next(&state, at: 0) == 1)
        #expect(state.cancel(1) == nil)
        #expect(state.cancel(2)?.results == [.failure(.cancelled), .failure(.cancelled)])
        let answer = Answer(words: [7], sent: .zero, received: .zero)
        #expect(state.finish(1, .success(answer))?.results == [.success(answer)])
        #expect(state.queue.isEmpty)
    }

    @Test func aGivenUpBatchStopsAfterTheRequestOnTheLine() {
        var state = BusState(silence: .zero)
        _ = state.add(entry(1, count: 3))
        #expect(next(&state, at: 0) == 1)
        #expect(state.cancel(1) == nil)
        let answer = Answer(words: [7], sent: .zero, received: .zero)
        #expect(
            state.finish(1, .success(answer))?.results
                == [.success(answer), .failure(.cancelled), .failure(.cancelled)])
    }

    @Test func aLineIsTriedEveryTwoSeconds() {
        var backOff = BackOff.line
        for _ in 0..<20 { backOff.failed("pulled", now: Self.at(0)) }
        #expect(backOff.refusal(urgency: .poll, now: Self.at(1999)) == "pulled")
        #expect(backOff.refusal(urgency: .poll, now: Self.at(2000)) == nil)
    }

    @Test func backOffDoublesFromATenthOfASecondToThirty() {
        var backOff = BackOff()
        #expect(backOff.refusal(urgency: .poll, now: Self.at(0)) == nil)
        var now = 0
        for pause in [100, 200, 400, 800, 1600, 3200, 6400, 12800, 25600, 30000, 30000] {
            backOff.failed("refused", now: Self.at(now))
            #expect(backOff.refusal(urgency: .poll, now: Self.at(now + pause - 1)) == "refused")
            #expect(backOff.refusal(urgency: .poll, now: Self.at(now + pause)) == nil)
            #expect(backOff.refusal(urgency: .setPoint, now: Self.at(now + min(pause, 1000) - 1)) == "refused")
            #expect(backOff.refusal(urgency: .setPoint, now: Self.at(now + min(pause, 1000))) == nil)
            now += pause
        }
        backOff.succeeded()
        #expect(backOff.refusal(urgency: .poll, now: Self.at(now)) == nil)
    }
}
