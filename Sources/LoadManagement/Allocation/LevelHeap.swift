/// A heap of (level, number), the lowest level first, at equal levels the smallest number.
struct LevelHeap {
    private var entries: [(level: Int, number: Int)] = []

    var lowest: (level: Int, number: Int)? { entries.first }

    mutating func push(_ level: Int, _ number: Int) {
        entries.append((level, number))
        var child = entries.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard entries[child] < entries[parent] else { return }
            entries.swapAt(child, parent)
            child = parent
        }
    }

    mutating func pop() -> (level: Int, number: Int)? {
        guard let last = entries.popLast() else { return nil }
        guard let lowest = entries.first else { return last }
        entries[0] = last
        var parent = 0
        while true {
            var next = parent
            let left = 2 * parent + 1
            if left < entries.count, entries[left] < entries[next] { next = left }
            if left + 1 < entries.count, entries[left + 1] < entries[next] { next = left + 1 }
            guard next != parent else { return lowest }
            entries.swapAt(parent, next)
            parent = next
        }
    }
}
