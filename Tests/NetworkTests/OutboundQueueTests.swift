import Testing

@testable import Network

@Suite struct OutboundQueueTests {
    private func rest(_ queue: OutboundQueue) -> [[UInt8]] {
        var all: [[UInt8]] = []
        while let (bytes, offset) = queue.current() {
            all.append(Array(bytes[offset...]))
            queue.advance(bytes.count - offset)
        }
        return all
    }

    /// The loop has looked at the first message and is about to send of it.
    @Test func aMessageTheLoopHasTakenUpIsNotThrownAway() {
        let queue = OutboundQueue()
        for byte: UInt8 in 1...3 { _ = queue.append(message: [byte, byte], limit: 4, overflow: .dropOldest) }
        #expect(queue.current()?.bytes == [1, 1])
        _ = queue.append(message: [4, 4], limit: 4, overflow: .dropOldest)
        queue.advance(1)
        #expect(rest(queue) == [[1], [3, 3], [4, 4]])
        #expect(queue.waitingBytes == 0)
    }

    @Test func theNewestMessagesStayWhenTheQueueIsFull() {
        let queue = OutboundQueue()
        for byte: UInt8 in 1...9 { _ = queue.append(message: [byte], limit: 3, overflow: .dropOldest) }
        // The first is being sent as far as the limit goes: three may wait besides it.
        #expect(rest(queue).suffix(3) == [[7], [8], [9]])
    }

    @Test func aFullQueueRefuses() {
        let queue = OutboundQueue()
        #expect(queue.append(message: [1, 2, 3, 4, 5], limit: 2, overflow: .close) == .first)
        #expect(queue.append(message: [6, 7], limit: 2, overflow: .close) == .waiting)
        #expect(queue.append(message: [8], limit: 2, overflow: .close) == nil)
        #expect(queue.appendIfEmpty(message: [9]) == nil)
        #expect(queue.waitingBytes == 7)
    }

    @Test func controlFramesOvertakeMessagesThatHaveNotBegun() {
        let queue = OutboundQueue()
        queue.append([0])
        _ = queue.append(message: [1, 1], limit: 9, overflow: .close)
        _ = queue.append(message: [2], limit: 9, overflow: .close)
        queue.prepend(control: [10], replacingPong: true)
        queue.prepend(control: [11], replacingPong: true)
        #expect(rest(queue) == [[0], [11], [1, 1], [2]])
        _ = queue.append(message: [3, 3], limit: 9, overflow: .close)
        #expect(queue.current()?.bytes == [3, 3])
        queue.advance(1)
        queue.prepend(control: [12], replacingPong: false)
        #expect(rest(queue) == [[3], [12]])
    }

    @Test func aSealedQueueIsSentAndTakesNothing() {
        let queue = OutboundQueue()
        _ = queue.append(message: [1], limit: 9, overflow: .close)
        queue.dropWaiting()
        queue.append([2])
        queue.seal()
        #expect(queue.append([3]) == .closed)
        #expect(queue.append(message: [4], limit: 9, overflow: .close) == .closed)
        #expect(rest(queue) == [[2]])
    }

    @Test func whoWaitsForRoomIsToldOfRoomEndAndCancellation() async {
        let queue = OutboundQueue()
        queue.append([1, 2, 3, 4])
        async let hasRoom = queue.room(below: 2)
        #expect(queue.current() != nil)
        queue.advance(2)
        #expect(await hasRoom)
        let cancelled = Task { await queue.room(below: 0) }
        cancelled.cancel()
        #expect(await !cancelled.value)
        let waiting = Task { await queue.room(below: 0) }
        queue.close()
        #expect(await !waiting.value)
    }
}
