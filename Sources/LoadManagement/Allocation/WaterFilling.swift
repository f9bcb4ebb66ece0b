/// Max-min fair filling, exact to the milliampere: all boxes rise together from the lowest, and each stops at its own
/// maximum or when the first limit it counts on is used up (Bertsekas/Gallager, Data Networks, 6.5.2).
///
/// With an unbalance limit a box that is stopped may be able to rise again later, when others have made room; who fills
/// repeats then.
///
/// It jumps from one event to the next, so that the cost grows with the number of links times the logarithm of the
/// number of limits, and not with the height of the level.
struct WaterFilling {
    private let table: ConstraintTable
    private let ranks: [Int]
    private var room: [Int]
    /// How fast each limit is used up: the weights of its rising boxes; not at all if it is not positive.
    private var rate: [Int]
    /// The level to which `room` belongs.
    private var level: [Int]
    private var members: Members
    private var heap = LevelHeap()
    private var rising: [Bool]
    private var isTouched: [Bool]
    /// The level each box has reached, by its place in `ranks`.
    private(set) var reached: [Int]
    /// The limit that stopped each box; nil for its own maximum.
    private(set) var stopper: [Int?]

    /// Fills the boxes `ranks` from `current` up to `maximum`, where the limits still have `room`.
    init(table: ConstraintTable, ranks: [Int], current: [Int], maximum: (Int) -> Int, room: [Int]) {
        self.table = table
        self.ranks = ranks
        self.room = room
        rate = [Int](repeating: 0, count: room.count)
        level = [Int](repeating: 0, count: room.count)
        isTouched = [Bool](repeating: false, count: room.count)
        members = Members(table: table, ranks: ranks)
        rising = [Bool](repeating: false, count: ranks.count)
        reached = ranks.map { current[$0] }
        stopper = [Int?](repeating: nil, count: ranks.count)
        run(tops: ranks.map(maximum))
    }

    private mutating func run(tops: [Int]) {
        let places = ranks.indices.filter { tops[$0] > reached[$0] }
        let startLevels = reached
        let starts = places.sorted { startLevels[$0] < startLevels[$1] }
        let stops = places.sorted { tops[$0] < tops[$1] }
        var nextStart = 0
        var nextStop = 0
        while nextStop < stops.count {
            let stopLevel = tops[stops[nextStop]]
            let startLevel = nextStart < starts.count ? startLevels[starts[nextStart]] : Int.max
            let fullLevel = nextFull(before: min(stopLevel, startLevel))
            if let (number, at) = fullLevel {
                for (place, weight) in members.of(number) where rising[place] && weight > 0 {
                    stop(place, at: at, by: number)
                }
            } else if startLevel <= stopLevel {
                let begin = nextStart
                while nextStart < starts.count, startLevels[starts[nextStart]] == startLevel { nextStart += 1 }
                start(starts[begin..<nextStart], at: startLevel)
            } else {
                if rising[stops[nextStop]] { stop(stops[nextStop], at: stopLevel, by: nil) }
                nextStop += 1
            }
        }
    }

    /// The limit that is full first, if that happens below `bound`, and the last level at which it is not passed.
    private mutating func nextFull(before bound: Int) -> (number: Int, level: Int)? {
        while let (guess, number) = heap.lowest, guess < bound {
            _ = heap.pop()
            guard rate[number] > 0 else { continue }
            let full = fullLevel(number)
            if full <= guess { return (number, full) }
            heap.push(full, number)
        }
        return nil
    }

    private func fullLevel(_ number: Int) -> Int {
        level[number] + (room[number] > 0 ? room[number] / rate[number] : 0)
    }

    private mutating func start(_ places: ArraySlice<Int>, at now: Int) {
        var touched: [Int] = []
        for place in places {
            rising[place] = true
            for link in links(of: place) {
                let number = Int(link.constraint)
                if !isTouched[number] {
                    isTouched[number] = true
                    touched.append(number)
                }
                advance(number, to: now)
                rate[number] += Int(link.weight)
            }
        }
        // One limit may be touched by every box of the batch; its level is predicted once, after the last of them.
        for number in touched {
            isTouched[number] = false
            if rate[number] > 0 { heap.push(fullLevel(number), number) }
        }
    }

    private mutating func stop(_ place: Int, at now: Int, by number: Int?) {
        rising[place] = false
        reached[place] = now
        stopper[place] = number
        for link in links(of: place) {
            let other = Int(link.constraint)
            advance(other, to: now)
            rate[other] -= Int(link.weight)
            // Whoever made room does so no more: the limit is full earlier than was predicted.
            if link.weight < 0, rate[other] > 0 { heap.push(fullLevel(other), other) }
        }
    }

    private mutating func advance(_ number: Int, to now: Int) {
        room[number] -= rate[number] * (now - level[number])
        level[number] = now
    }

    private func links(of place: Int) -> ArraySlice<ConstraintTable.Link> {
        table.links[table.first[ranks[place]]..<table.first[ranks[place] + 1]]
    }
}

extension WaterFilling {
    /// The boxes of each limit, by their place.
    private struct Members {
        private var first: [Int]
        private var places: [(place: Int, weight: Int32)]

        init(table: ConstraintTable, ranks: [Int]) {
            first = [Int](repeating: 0, count: table.room.count + 1)
            for rank in ranks {
                for link in table.links[table.first[rank]..<table.first[rank + 1]] {
                    first[Int(link.constraint) + 1] += 1
                }
            }
            for number in 1..<first.count { first[number] += first[number - 1] }
            var next = first
            places = [(place: Int, weight: Int32)](repeating: (0, 0), count: first[first.count - 1])
            for (place, rank) in ranks.enumerated() {
                for link in table.links[table.first[rank]..<table.first[rank + 1]] {
                    places[next[Int(link.constraint)]] = (place, link.weight)
                    next[Int(link.constraint)] += 1
                }
            }
        }

        func of(_ number: Int) -> ArraySlice<(place: Int, weight: Int32)> { places[first[number]..<first[number + 1]] }
    }
}
