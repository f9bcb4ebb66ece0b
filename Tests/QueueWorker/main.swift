import Glibc
import Storage

// Works through a transaction queue as it is told on standard input, one line a command, and answers each with one line
// after it is on the disk. It is killed by the test at any moment.

func number(_ text: Substring) -> Int { Int(text) ?? 0 }

func moment(_ text: Substring) -> WallTime { WallTime(milliseconds: Int64(text) ?? 0) }

func perform(_ words: [Substring], _ queue: TransactionQueue) async throws -> String {
    switch words.first {
    case "start":
        let (connector, tag, meter) = (number(words[1]), String(words[3]), number(words[4]))
        let start = TransactionStart(
            box: "box\(connector)", connector: connector, idTag: tag, at: moment(words[2]), meterStart: meter
        ) { time in Array("S;\(connector);\(time.milliseconds);\(tag);\(meter)".utf8) }
        let appended = try await queue.append(.begunStart(start))
        return "started \(appended.transaction ?? 0)"
    case "meter":
        let payload = Array("M;\(words[1]);\(words[3]);\(words[2])".utf8)
        try await queue.append(
            .meterValues(
                MeterReadings(
                    transaction: number(words[1]), meter: number(words[3]), at: moment(words[2]), payload: payload)))
        return "metered"
    case "stop":
        let stop = TransactionStop(
            box: "box\(words[1])", connector: number(words[1]), transaction: number(words[2]), at: moment(words[3]),
            meterStop: number(words[4]), reason: nil
        ) { facts in Array("E;\(facts.transaction ?? -1);\(facts.at.milliseconds);\(facts.meterStop)".utf8) }
        return "stopped \(try await queue.append(.stop(stop)).transaction ?? 0)"
    case "next":
        guard let next = try await queue.next() else { return "none" }
        let payload = String(decoding: next.payload, as: UTF8.self)
        return "message \(next.id) \(next.kind.rawValue) \(next.transaction ?? 0) \(next.backendID ?? -1) \(payload)"
    case "delivered":
        return "removed \(try await queue.delivered(Int64(words[1]) ?? 0, backendID: Int(words[2])))"
    default: return "unknown"
    }
}

let storage = try await SiteStorage(path: CommandLine.arguments[1])
let queue = try await storage.transactionQueue(
    for: Backend(url: "ws://csms", chargePoint: "CP1"), limits: QueueLimits(ballast: 0))
while let line = readLine() {
    let answer = Array((try await perform(line.split(separator: " "), queue) + "\n").utf8)
    _ = write(STDOUT_FILENO, answer, answer.count)
}
