import DeviceProfiles
import DriverAPI
import ReadPlanning

extension ProfileEngine {
    /// Finds out why a request was refused with exception 1, 2 or 3: an item the device does not have, or a gap or
    /// border it does not let requests cross.
    ///
    /// Bisects between items; the answers on the way count as readings. False when the device fell silent.
    func inquire(_ read: PlannedRead, code: UInt8, roundAt start: MonotonicTime) async -> Bool {
        if read.clusters.count < 2 || read.isWhole {
            for cluster in read.clusters { refused(cluster, in: read.request.table, roundAt: start) }
            await storeLearned()
            return true
        }
        log(.info, "\(current.id): \(read.request) was refused with exception \(code); looking for the reason")
        let before = learned
        let alive = await bisect(read.clusters, of: read, roundAt: start)
        if learned != before { await storeLearned() }
        return alive
    }

    private func bisect(
        _ clusters: [PlannedRead.Cluster], of read: PlannedRead, roundAt start: MonotonicTime
    ) async -> Bool {
        guard clusters.count > 1 else {
            for cluster in clusters { refused(cluster, in: read.request.table, roundAt: start) }
            return true
        }
        guard inquiries.take(at: clock.now, among: clusters.count) else {
            postpone(clusters, roundAt: start)
            return true
        }
        let left = Array(clusters[..<(clusters.count / 2)])
        let right = Array(clusters[(clusters.count / 2)...])
        guard let leftAnswers = await answers(left, of: read, roundAt: start) else { return false }
        guard let rightAnswers = await answers(right, of: read, roundAt: start) else { return false }
        if leftAnswers, rightAnswers, let a = left.last, let b = right.first {
            learned.separate(a.range, b.range, in: read.request.table)
            plans.constraints = learned.applied(to: current.modbus.constraints)
            return true
        }
        if !leftAnswers, !(await bisect(left, of: read, roundAt: start)) { return false }
        if !rightAnswers, !(await bisect(right, of: read, roundAt: start)) { return false }
        return true
    }

    /// Whether one request over these clusters is answered; nil when the device fell silent.
    private func answers(
        _ clusters: [PlannedRead.Cluster], of read: PlannedRead, roundAt start: MonotonicTime
    ) async -> Bool? {
        let part = read.part(clusters)
        switch await fetch(part.request, bridges: part.bridges) {
        case .words(let words, let time):
            board.take(words, of: part, at: time, roundAt: start)
            return true
        case .refused: return false
        case .failed:
            miss(clusters, roundAt: start)
            return true
        case .closedOnBridge:
            miss(clusters, roundAt: start)
            await avoidGaps(of: part)
            return true
        case .lost: return nil
        }
    }

    /// One cluster was refused alone. What answered before is only missing; what never did is absent.
    private func refused(_ cluster: PlannedRead.Cluster, in table: RegisterTable, roundAt start: MonotonicTime) {
        let readable = cluster.points.filter { board.states[$0].isReadable }
        if readable.contains(where: { board.states[$0].hasAnswered }) {
            miss([cluster], roundAt: start)
            return
        }
        for point in readable { board.refuse(point) }
        if connection.hasAnswered {
            learned.absences.insert(
                .init(table: table, address: cluster.range.lowerBound, count: cluster.range.count))
        }
    }

    /// The search goes on when a minute has passed; until then these points are missing and not asked for.
    private func postpone(_ clusters: [PlannedRead.Cluster], roundAt start: MonotonicTime) {
        miss(clusters, roundAt: start)
        let next = inquiries.nextStep(after: clock.now)
        for point in clusters.flatMap(\.points) where board.states[point].nextDue != nil {
            board.states[point].nextDue = next
        }
    }

    /// Learns that the gaps of a request are not to be bridged.
    func avoidGaps(of read: PlannedRead) async {
        for (a, b) in zip(read.clusters, read.clusters.dropFirst()) where a.range.upperBound < b.range.lowerBound {
            learned.separate(a.range, b.range, in: read.request.table)
        }
        plans.constraints = learned.applied(to: current.modbus.constraints)
        await storeLearned()
    }

    private func storeLearned() async {
        do throws(DriverError) {
            try await store.setLearned(learned, current, identity: connection.names)
        } catch {
            log(.warning, "\(current.id): what was learned about the device could not be stored: \(error)")
        }
    }
}
