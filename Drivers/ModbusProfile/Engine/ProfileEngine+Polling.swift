import DeviceProfiles
import DriverAPI
import Modbus
import ReadPlanning

extension ProfileEngine {
    /// How often a round looks again for points that became readable meanwhile; presence depends on presence rarely.
    private static let passes = 4

    /// Reads what is due; stops when `limit` is reached, and lets commands go between two requests.
    ///
    /// What was not read stays due. False when the device fell silent.
    @discardableResult
    func poll(until limit: MonotonicTime? = nil, in block: ControlBlock? = nil) async -> Bool {
        let start = clock.now
        board.now = start
        board.settle()
        for _ in 0..<ProfileEngine.passes {
            let items = board.dueItems(at: start)
            if items.isEmpty { return true }
            let round = plans.round(items, board: board, at: start)
            report(round.problems, at: start)
            let before = board
            for read in round.reads {
                if mustGiveWay(in: block) {
                    if block != nil { return true }
                    await serveCommands()
                }
                if connection.isClosed || !connection.isSetUp || board !== before { return contact.isOnline }
                if let limit, clock.now >= limit { return true }
                guard await ask(read, roundAt: start) else { return false }
            }
            board.now = clock.now
            board.settle()
            noteRestart()
        }
        return true
    }

    /// Reads these points now, and what they are calculated from; false when the device fell silent.
    @discardableResult
    func readNow(_ positions: [Int], urgency: RequestOptions.Urgency = .poll) async -> Bool {
        let start = clock.now
        board.now = start
        let readable = registers(behind: positions).filter { board.states[$0].isReadable }
        let round = plans.reads(of: readable, board: board)
        report(round.problems, at: start)
        for read in round.reads {
            guard await ask(read, roundAt: start, urgency: urgency) else { return false }
        }
        board.now = clock.now
        board.settle()
        noteRestart()
        return true
    }

    /// The points with registers that these are, or are calculated from.
    func registers(behind positions: [Int]) -> [Int] {
        var found = Set<Int>()
        var waiting = positions
        while let position = waiting.popLast() {
            guard found.insert(position).inserted else { continue }
            waiting += board.points[position].inputs
            if let scale = board.points[position].scale { waiting.append(scale) }
        }
        return found.filter { board.points[$0].place != nil }.sorted()
    }

    /// Sends one request and gives its answer to the board; false when the device fell silent.
    func ask(
        _ read: PlannedRead, roundAt start: MonotonicTime, urgency: RequestOptions.Urgency = .poll
    ) async -> Bool {
        switch await fetch(read.request, urgency: urgency, bridges: read.bridges) {
        case .words(let words, let time):
            board.take(words, of: read, at: time, roundAt: start)
            return true
        case .refused(let code):
            return await inquire(read, code: code, roundAt: start)
        case .failed(let why):
            log(.debug, "\(current.id): \(read.request) failed: \(why)")
            miss(read.clusters, roundAt: start)
            return true
        case .closedOnBridge:
            log(
                .info, "\(current.id): the device closed the connection after \(read.request); its gaps are avoided now"
            )
            miss(read.clusters, roundAt: start)
            await avoidGaps(of: read)
            return true
        case .lost:
            return false
        }
    }

    /// The points of these clusters were asked for and not answered.
    func miss(_ clusters: [PlannedRead.Cluster], roundAt start: MonotonicTime) {
        let now = clock.now
        for point in clusters.flatMap(\.points) where board.states[point].isReadable {
            board.miss(point, at: now, roundAt: start)
        }
    }

    /// Points that no request can read are absent, with a line in the log.
    private func report(_ problems: [PlanProblem], at start: MonotonicTime) {
        for problem in problems {
            for position in problem.points.compactMap({ board.position($0) }) where !board.states[position].isRefused {
                log(.warning, "\(current.id): \(problem)")
                board.refuse(position)
            }
        }
    }

    /// A rise of `restarts` means that the device began anew.
    private func noteRestart() {
        guard let position = board.position("restarts"), board.quality(of: position) == .good,
            let count = board.states[position].value?.number
        else { return }
        if let known = connection.restarts, count > known {
            connection.sawRestart = true
            log(.info, "\(current.id): the device restarted (\(known) → \(count))")
        }
        connection.restarts = count
    }
}
