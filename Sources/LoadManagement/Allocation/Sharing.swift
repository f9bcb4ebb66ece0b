/// Boxes in order of rank, with what each has been given so far and the room that is left.
///
/// A box's rank is its place in the order of priority and queue; every array here is by rank.
struct Sharing {
    let boxes: [BoxDemand]
    let table: ConstraintTable
    /// The largest value each box can be set to: whole steps above its minimum.
    let top: [Int]
    /// What is kept free for each box, where that has been taken off a limit.
    private let floor: [Int]
    /// By the number of the limit.
    private let countsReserves: [Bool]
    /// Whether what one box is given can make room for another.
    let hasUnbalance: Bool
    private(set) var current: [Int]
    private(set) var room: [Int]
    /// The limit that stopped each box in the filling.
    var stopper: [Int?]

    init(_ input: AllocationInput, boxes: [BoxDemand]) {
        self.boxes = boxes
        table = ConstraintTable(input, boxes: boxes)
        top = boxes.map { $0.maximum - max(0, $0.maximum - $0.minimum) % $0.step }
        floor = boxes.map(\.floor)
        countsReserves = table.kinds.indices.map { [table] in table.countsReserves($0, input) }
        hasUnbalance = input.unbalance != nil
        current = [Int](repeating: 0, count: boxes.count)
        room = table.room
        stopper = [Int?](repeating: nil, count: boxes.count)
    }

    func links(of rank: Int) -> ArraySlice<ConstraintTable.Link> {
        table.links[table.first[rank]..<table.first[rank + 1]]
    }

    /// The first limit that does not let `rank` have `more`, its own circuit's first; nil if all do, or it `passes` them.
    func blocker(of rank: Int, more: Int, room: [Int], passes: (Int) -> Bool = { _ in false }) -> Int? {
        let beyond = self.beyond(rank, more)
        for link in links(of: rank) where link.weight > 0 {
            let number = Int(link.constraint)
            if room[number] < (countsReserves[number] ? beyond : more) * Int(link.weight), !passes(number) {
                return number
            }
        }
        return nil
    }

    /// What of `more` lies above what is kept free for `rank`.
    private func beyond(_ rank: Int, _ more: Int) -> Int {
        max(current[rank] + more, floor[rank]) - max(current[rank], floor[rank])
    }

    func fits(_ rank: Int, more: Int) -> Bool { blocker(of: rank, more: more, room: room) == nil }

    /// Whether `rank` is charging, is not at its top, and could be given one step more.
    func canRise(_ rank: Int) -> Bool {
        current[rank] > 0 && current[rank] + boxes[rank].step <= top[rank] && fits(rank, more: boxes[rank].step)
    }

    /// How much of the limit `number` each milliampere of `rank` uses up.
    func weight(of rank: Int, in number: Int) -> Int {
        links(of: rank).first { $0.constraint == number }.map { Int($0.weight) } ?? 0
    }

    mutating func giveBack(_ current: Int, to number: Int) { room[number] += current }

    mutating func add(_ more: Int, to rank: Int) {
        let beyond = self.beyond(rank, more)
        current[rank] += more
        for link in links(of: rank) {
            let number = Int(link.constraint)
            room[number] -= (countsReserves[number] ? beyond : more) * Int(link.weight)
        }
    }
}
