/// Who yields to whom.
///
/// Class by class, the first in the queue who waits is looked at first. Where it lacks room at limits that boxes of its own
/// class use, those of them with the longest turns yield, as few as it takes; if even all of them would not be enough,
/// nobody does. Every limit changes hands once in a turn: of n boxes on a circuit with room for k, each gets k of n turns.
///
/// Only what the minima take counts here, as in admission: everything above is shared anew in every tick.
struct TurnPlan {
    /// What is known of a box, by rank.
    struct Candidate {
        /// Its class: boxes of one class yield to each other.
        var group: Group
        /// Whether it has a share.
        var isRunning: Bool
        /// Since when it has charged, if it may yield.
        var yieldsSince: Moment?
        /// Since when it has waited, if it may start.
        var waitsSince: Moment?
    }

    /// The priority with its band, and the time to spare.
    struct Group: Hashable {
        var priority: Int
        var level: Int
    }

    private(set) var swaps: [TurnSwap] = []

    private let boxes: [BoxDemand]
    private let candidates: [Candidate]
    private let table: ConstraintTable
    /// What the minima of all that charge and come before or are of the class at hand leave, by limit.
    private var free: [Int]
    /// Limits that have changed hands.
    private var isSpent: [Bool]
    private var hasYielded: [Bool]
    /// What the runners of the class could leave at most, by limit.
    private var releasable: [Int]
    /// The shortest turn that ends for somebody who has not waited all along.
    private let shortest: Span
    private let now: Moment

    init(_ input: AllocationInput, _ candidates: [Candidate], shortest: Span, now: Moment) {
        boxes = input.boxes
        self.candidates = candidates
        self.shortest = shortest
        self.now = now
        table = ConstraintTable(input, boxes: input.boxes)
        free = table.room
        isSpent = [Bool](repeating: false, count: free.count)
        hasYielded = [Bool](repeating: false, count: boxes.count)
        releasable = [Int](repeating: 0, count: free.count)
        var begin = 0
        for rank in boxes.indices where rank + 1 == boxes.count || candidates[rank + 1].group != candidates[rank].group
        {
            plan(begin..<rank + 1)
            begin = rank + 1
        }
    }

    private mutating func plan(_ ranks: Range<Int>) {
        for rank in ranks where candidates[rank].isRunning { take(rank, times: 1) }
        let runners = ranks.filter { candidates[$0].yieldsSince != nil }.sorted { a, b in
            (candidates[a].yieldsSince ?? now, a) < (candidates[b].yieldsSince ?? now, b)
        }
        for index in releasable.indices { releasable[index] = 0 }
        for rank in runners {
            for link in links(of: rank) {
                releasable[Int(link.constraint)] += max(0, boxes[rank].minimum * Int(link.weight))
            }
        }
        for rank in ranks where candidates[rank].waitsSince != nil { start(rank, runners) }
    }

    private mutating func start(_ rank: Int, _ runners: [Int]) {
        var lacking = links(of: rank).compactMap { link -> (limit: Int, current: Int)? in
            let lack = boxes[rank].minimum * Int(link.weight) - free[Int(link.constraint)]
            return link.weight > 0 && lack > 0 ? (Int(link.constraint), lack) : nil
        }
        guard lacking.allSatisfy({ !isSpent[$0.limit] && $0.current <= releasable[$0.limit] }) else { return }
        var chosen: [Int] = []
        for runner in runners where lacking.contains(where: { $0.current > 0 }) {
            guard !hasYielded[runner], mayYield(runner, to: rank), helps(runner, lacking) else { continue }
            chosen.append(runner)
            leave(runner, &lacking, times: 1)
        }
        guard lacking.allSatisfy({ $0.current <= 0 }) else { return }
        for runner in chosen.reversed() {
            leave(runner, &lacking, times: -1)
            if lacking.allSatisfy({ $0.current <= 0 }) {
                chosen.removeAll { $0 == runner }
            } else {
                leave(runner, &lacking, times: 1)
            }
        }
        for runner in chosen {
            hasYielded[runner] = true
            take(runner, times: -1)
        }
        take(rank, times: 1)
        for (limit, _) in lacking { isSpent[limit] = true }
        swaps.append(TurnSwap(start: boxes[rank].id, yields: chosen.map { boxes[$0].id }))
    }

    /// Whoever has only just begun goes on, unless it began while the other waited.
    private func mayYield(_ runner: Int, to waiting: Int) -> Bool {
        guard let began = candidates[runner].yieldsSince, let waits = candidates[waiting].waitsSince else {
            return false
        }
        return now - began >= shortest || began >= waits
    }

    private func helps(_ runner: Int, _ lacking: [(limit: Int, current: Int)]) -> Bool {
        var helps = false
        for link in links(of: runner) {
            guard let lack = lacking.first(where: { $0.limit == Int(link.constraint) }) else { continue }
            if link.weight < 0 { return false }
            helps = helps || lack.current > 0
        }
        return helps
    }

    private func leave(_ runner: Int, _ lacking: inout [(limit: Int, current: Int)], times: Int) {
        for link in links(of: runner) {
            guard let place = lacking.firstIndex(where: { $0.limit == Int(link.constraint) }) else { continue }
            lacking[place].current -= times * boxes[runner].minimum * Int(link.weight)
        }
    }

    private mutating func take(_ rank: Int, times: Int) {
        for link in links(of: rank) {
            free[Int(link.constraint)] -= times * boxes[rank].minimum * Int(link.weight)
        }
    }

    private func links(of rank: Int) -> ArraySlice<ConstraintTable.Link> {
        table.links[table.first[rank]..<table.first[rank + 1]]
    }
}
