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
            let round = plans.round(items, board: board)
            let isComplete =
                round.isQuick && !commands.hasCommands
                ? await askTogether(round.reads, roundAt: start)
                : await askSingly(round.reads, roundAt: start, until: limit, in: block)
            guard isComplete else { return contact.isOnline }
            guard await finish(round, startedAt: start, urgency: .poll) else { return false }
        }
        return true
    }

    /// Reads one after the other, and lets commands go in between; false when the round ends before its last request.
    private func askSingly(
        _ reads: [PlannedRead], roundAt start: MonotonicTime, until limit: MonotonicTime?, in block: ControlBlock?
    ) async -> Bool {
        let before = board
        for read in reads {
            if mustGiveWay(in: block) {
                if block != nil { return false }
                await serveCommands()
            }
            if mustEnd || !connection.isSetUp || board !== before { return false }
            if let limit, clock.now >= limit { return false }
            guard await ask(read, roundAt: start) else { return false }
        }
        return true
    }

    /// Reads in one go what takes no longer than a command may wait; what fails is asked again by itself.
    private func askTogether(
        _ reads: [PlannedRead], roundAt start: MonotonicTime, urgency: RequestOptions.Urgency = .poll
    ) async -> Bool {
        let longest = reads.map { wireTime(of: $0.request) }.max() ?? .zero
        let options = RequestOptions(urgency: urgency, timeout: patience + longest, gaps: gaps)
        let results = await link.read(reads.map { UnitRead($0.request, unit: unit) }, options: options)
        for (read, result) in zip(reads, results) {
            if case .success(let answer) = result, answer.words.count == Int(read.request.count) {
                noteAnswer(answer, to: read.request)
                board.take(answer.words, of: read, at: answer.received, roundAt: start)
                if plans.learning.isExperimenting { await learn(.answered, of: read) }
            } else {
                guard await ask(read, roundAt: start, urgency: urgency) else { return false }
            }
        }
        return true
    }

    /// Reads these points now, and what they are calculated from; false when the device fell silent.
    @discardableResult
    func readNow(_ positions: [Int], urgency: RequestOptions.Urgency = .poll) async -> Bool {
        await readNow(board.items(of: positions), urgency: urgency)
    }

    /// Reads these items now; false when the device fell silent.
    func readNow(_ items: DueItems, urgency: RequestOptions.Urgency = .poll) async -> Bool {
        let start = clock.now
        board.now = start
        let round = plans.round(items, board: board)
        if round.isQuick, !commands.hasCommands {
            guard await askTogether(round.reads, roundAt: start, urgency: urgency) else { return false }
        } else {
            for read in round.reads {
                guard await ask(read, roundAt: start, urgency: urgency) else { return false }
            }
        }
        return await finish(round, startedAt: start, urgency: urgency)
    }

    /// What follows the requests of a round: finding out what was refused, then bringing everything up to date.
    private func finish(
        _ round: PollPlans.Round, startedAt start: MonotonicTime, urgency: RequestOptions.Urgency
    ) async -> Bool {
        for problem in round.problems { report(problem) }
        var tries = plans.tries(at: clock.now, board: board)
        while !tries.isEmpty {
            for read in tries {
                guard await ask(read, roundAt: start, urgency: urgency) else { return false }
            }
            tries = plans.tries(at: clock.now, board: board)
        }
        for point in round.suspended where board.states[point].isReadable && board.states[point].time < start {
            board.miss(point, at: clock.now, roundAt: start)
        }
        board.now = clock.now
        board.settle()
        noteRestart()
        return true
    }

    /// Sends one request and gives its answer to the board; false when the device fell silent.
    func ask(
        _ read: PlannedRead, roundAt start: MonotonicTime, urgency: RequestOptions.Urgency = .poll
    ) async -> Bool {
        let closingTells = read.bridges || plans.learning.isExperimenting
        switch await fetch(read.request, urgency: urgency, closingTells: closingTells) {
        case .words(let words, let time):
            board.take(words, of: read, at: time, roundAt: start)
            await learn(.answered, of: read)
        case .refused(let code):
            log(.debug, "\(current.id): \(read.request) was refused with exception \(code)")
            miss(read, roundAt: start)
            await learn(.refused, of: read)
        case .closed:
            log(.info, "\(current.id): the device closed the connection after \(read.request)")
            miss(read, roundAt: start)
            await learn(.closed, of: read)
        case .failed(let why):
            log(.debug, "\(current.id): \(read.request) failed: \(why)")
            miss(read, roundAt: start)
            await learn(.inconclusive, of: read)
        case .lost: return false
        }
        return true
    }

    /// The points of a request were asked for and not answered.
    private func miss(_ read: PlannedRead, roundAt start: MonotonicTime) {
        let now = clock.now
        for member in read.members where board.states[member.point].isReadable {
            board.miss(member.point, at: now, roundAt: start)
        }
    }

    /// Draws conclusions from the outcome of a read, and keeps them.
    private func learn(_ outcome: ReadOutcome, of read: PlannedRead) async {
        let conclusions = plans.record(outcome, of: read, at: clock.now)
        if conclusions.isEmpty { return }
        for case .absent(let item) in conclusions {
            for point in item.points.compactMap({ board.position($0) }) {
                board.refuse(point)
                if board.states[point].hasAnswered { connection.nextRetry = clock.now.advanced(by: .seconds(60)) }
            }
        }
        for text in conclusions.compactMap(\.text) { log(.info, "\(current.id): \(text)") }
        do throws(DriverError) {
            try await store.setLearned(plans.learning.learned, current, identity: connection.names)
        } catch {
            log(.warning, "\(current.id): what was learned about the device could not be stored: \(error)")
        }
    }

    /// Points that used to answer and were refused are asked for again after a minute.
    func retryRefused() {
        guard let retry = connection.nextRetry, clock.now >= retry else { return }
        connection.nextRetry = nil
        plans.forgetAbsent()
        for point in board.points.indices where board.states[point].isRefused && board.states[point].hasAnswered {
            board.states[point].isRefused = false
            if board.points[point].definition.poll != .onDemand { board.states[point].nextDue = .zero }
        }
    }

    /// Points that no request can read are absent, with a line in the log.
    private func report(_ problem: PlanProblem) {
        for position in problem.points.compactMap({ board.position($0) }) where !board.states[position].isRefused {
            log(.warning, "\(current.id): \(problem)")
            board.refuse(position)
        }
    }

    /// A rise of `restarts` means that the device began anew.
    private func noteRestart() {
        guard let position = board.restartsPosition, board.quality(of: position) == .good,
            let count = board.states[position].value?.number
        else { return }
        if let known = connection.restarts, count > known {
            connection.sawRestart = true
            log(.info, "\(current.id): the device restarted (\(known) → \(count))")
        }
        connection.restarts = count
    }
}

extension LearningConclusion {
    /// What was found out, as the log has it; nil where nothing was.
    fileprivate var text: String? {
        switch self {
        case .absent(let item): "the device does not have \(item.points.joined(separator: ", "))"
        case .barrier(let span): "the device lets no request reach across \(span.table) \(span.first)..\(span.last)"
        case .border(let table, let address): "the device lets no request reach across the start of \(table) \(address)"
        case .maxRead(let table, let count): "the device reads at most \(count) addresses of \(table) at once"
        case .transient: nil
        }
    }
}
