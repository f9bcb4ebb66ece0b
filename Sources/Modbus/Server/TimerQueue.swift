import DriverAPI

/// What is to be done when: a binary heap; what is due at the same time comes in the order it was added.
struct TimerQueue<Action> {
    private struct Entry {
        var due: MonotonicTime
        var number: UInt64
        var action: Action
        func goesBefore(_ other: Entry) -> Bool { (due, number) < (other.due, other.number) }
    }

    private var heap: [Entry] = []
    private var added: UInt64 = 0

    /// When the next is due.
    var next: MonotonicTime? { heap.first?.due }

    /// Adds one.
    mutating func add(_ action: Action, at due: MonotonicTime) {
        added += 1
        heap.append(Entry(due: due, number: added, action: action))
        var child = heap.count - 1
        while child > 0, heap[child].goesBefore(heap[(child - 1) / 2]) {
            heap.swapAt(child, (child - 1) / 2)
            child = (child - 1) / 2
        }
    }

    /// Takes out the first that is due.
    mutating func take(due now: MonotonicTime) -> Action? {
        guard let first = heap.first, first.due <= now else { return nil }
        heap.swapAt(0, heap.count - 1)
        heap.removeLast()
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count {
                if heap[child].goesBefore(heap[least]) { least = child }
            }
            if least == parent { return first.action }
            heap.swapAt(parent, least)
            parent = least
        }
    }
}
