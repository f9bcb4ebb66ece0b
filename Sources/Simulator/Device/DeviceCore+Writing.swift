import DeviceProfiles
import DriverAPI
import ReadPlanning

extension DeviceCore {
    /// Carries a write out as the points' `write` says: another function is exception 1, another address 2, too many
    /// registers 3.
    mutating func write(_ request: WriteRequest) -> DeviceAnswer {
        if let answer = hear() { return answer }
        let range = Int(request.address)..<Int(request.address) + request.words.count
        let points = map.writable(request.table, range)
        let answer = refusal(request, range, points).map { DeviceAnswer.exception($0) }
        if answer == nil {
            store(request, range)
            for point in points { take(point, from: request) }
        }
        noteSign(.write(points.map(\.name)))
        if answer == nil { reconsider() }
        return faults.drops(request: requests) ? .silence : answer ?? .written
    }

    private func refusal(_ request: WriteRequest, _ range: Range<Int>, _ points: [PointDefinition]) -> UInt8? {
        guard [5, 6, 15, 16].contains(request.function), map.tables.contains(request.table) else { return 1 }
        let most = min(request.table.standardMaxWrite, map.profile.modbus.maxWrite[request.table] ?? .max)
        guard (1...most).contains(range.count) else { return 3 }
        if let code = exception(request.table, range) { return code }
        let places = points.compactMap { $0.write?.place.range }
        guard places.allSatisfy({ range.lowerBound <= $0.lowerBound && $0.upperBound <= range.upperBound }),
            range.allSatisfy({ address in places.contains { $0.contains(address) } })
        else { return 2 }
        return points.contains { $0.write?.function == request.function } ? nil : 1
    }

    /// Puts the words into the registers; memory that keeps them gets them too.
    private mutating func store(_ request: WriteRequest, _ range: Range<Int>) {
        image.set(request.words, in: request.table, at: range.lowerBound)
    }

    /// Lets a point take its words: shows them at its read place, counts wear, starts what runs down.
    private mutating func take(_ point: PointDefinition, from request: WriteRequest) {
        guard let write = point.write else { return }
        let place = write.place
        let start = place.address - Int(request.address)
        let words = Array(request.words[start..<start + place.words])
        if write.persist != .ram {
            wear[point.name, default: 0] += 1
            powerUp.set(words, in: place.table, at: place.address)
        }
        guard let value = point.valueWritten(words, in: scope) else { return }
        written[point.name] = value
        if let shown = point.place, shown.table != place.table || shown.address != place.address {
            show(value, as: point.name)
            if write.persist != .ram {
                powerUp.set(image[shown.table, shown.range], in: shown.table, at: shown.address)
            }
        }
        startTimer(point, value)
    }

    /// Commands in seconds run down, pulses fall back.
    private mutating func startTimer(_ point: PointDefinition, _ value: Value) {
        guard point.place != nil else { return }
        switch point.write?.kind {
        case .command where point.value.kind == .number(.s):
            timers[point.name] = CommandTimer(value: value, start: now, countsDown: true)
        case .pulse:
            timers[point.name] = CommandTimer(value: value, start: now, countsDown: false)
        default: break
        }
    }
}
