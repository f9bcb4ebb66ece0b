import Foundation

/// A box and a backend around a queue whose process is killed again and again; it keeps the log of what must be true.
///
/// The box repeats what was not acknowledged, as a slave does. The backend sees every message that is handed out.
final class KillRun {
    struct Transaction {
        let connector: Int
        let start: String
        let stop: String
        var isStopped = false
        var meters: [String] = []
    }

    private let database: String
    private var random: SystemRandomNumberGenerator = .init()
    private var worker: QueueWorkerProcess?
    private var second: Int64 = 1_785_585_600
    private(set) var kills = 0
    /// What was acknowledged to the box, by local id.
    private(set) var acknowledged: [Int: Transaction] = [:]
    /// What reached the backend, in order, repeats included.
    private(set) var received: [String] = []
    /// The backend's own ids, by start.
    private(set) var backendIDs: [String: Int] = [:]
    /// Messages whose id for the backend was not the one it had given.
    private(set) var wrongIDs: [String] = []

    init(database: String) { self.database = database }

    /// Runs transactions until the process was killed so often and enough were acknowledged, then lets it deliver all.
    func run(kills wanted: Int, transactions: Int) throws {
        while kills < wanted || acknowledged.count < transactions {
            try session(Int.random(in: 1...3, using: &random))
        }
        worker = try QueueWorkerProcess(database: database)
        while try deliver(isKilled: false) {}
        worker = nil
    }

    private func session(_ connector: Int) throws {
        second += 10
        let (began, meter) = (second * 1000, Int(second % 1000))
        let start = "S;\(connector);\(began);T\(second);\(meter)"
        let answer = try insist("start \(connector) \(began) T\(second) \(meter)")
        let id = Int(answer.split(separator: " ")[1]) ?? 0
        let stop = "E;\(id);\(began + 9000);\(meter + 5)"
        acknowledged[id] = Transaction(connector: connector, start: start, stop: stop)
        _ = try deliver(isKilled: true)
        for step in 1...Int.random(in: 1...3, using: &random) {
            _ = try insist("meter \(id) \(began + Int64(step)) \(meter + step)")
            acknowledged[id]?.meters.append("M;\(id);\(meter + step);\(began + Int64(step))")
            if Bool.random(using: &random) { _ = try deliver(isKilled: true) }
        }
        let named = Bool.random(using: &random) ? id : -1
        _ = try insist("stop \(connector) \(named) \(began + 9000) \(meter + 5)")
        acknowledged[id]?.isStopped = true
    }

    /// Asks until there is an answer.
    private func insist(_ command: String) throws -> String {
        while true {
            if let answer = try ask(command, isKilled: true) { return answer }
        }
    }

    private func ask(_ command: String, isKilled: Bool) throws -> String? {
        if worker == nil {
            let fresh = try QueueWorkerProcess(database: database)
            // Half of them once they work, half of them already while they open the database.
            if isKilled {
                if Bool.random(using: &random) { _ = fresh.ask("next") }
                fresh.kill(after: UInt32.random(in: 1_000...30_000, using: &random))
            }
            worker = fresh
        }
        if let answer = worker?.ask(command) { return answer }
        worker = nil
        kills += 1
        return nil
    }

    /// Takes the next message, and answers it most of the time; false when none waits.
    private func deliver(isKilled: Bool) throws -> Bool {
        guard let line = try ask("next", isKilled: isKilled), line != "none" else { return false }
        let words = line.split(separator: " ")
        let payload = String(words[5])
        received.append(payload)
        if words[2] == "StartTransaction" {
            let id = backendIDs[payload] ?? 9000 + backendIDs.count
            backendIDs[payload] = id
            _ = try ask("delivered \(words[1]) \(id)", isKilled: isKilled)
        } else {
            let start = acknowledged[Int(words[3]) ?? 0]?.start ?? ""
            if backendIDs[start] != Int(words[4]) { wrongIDs.append(line) }
            _ = try ask("delivered \(words[1]) -", isKilled: isKilled)
        }
        return true
    }
}
