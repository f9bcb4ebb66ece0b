import DriverAPI
import Simulator
import Synchronization

/// Cars that come to the boxes of the demo and leave them, in a rhythm of 20 minutes.
final class DemoTraffic: Sendable {
    /// From this second of the rhythm on this car is there; nil: none.
    private typealias Visit = (second: Double, car: SimulatedCar?)

    private static let rhythm = 1200.0
    private static let visits: [[Visit]] = [
        [(0, SimulatedCar()), (900, nil), (1000, SimulatedCar())],
        [(0, nil), (20, SimulatedCar(maximum: 32_000, phases: 1)), (700, nil)],
        [(0, nil), (40, SimulatedCar(maximum: 16_000, phases: 3)), (500, nil), (560, SimulatedCar(maximum: 13_000))],
    ]

    private let boxes: [SimulatedDevice]
    private let start: MonotonicTime
    private let speed: Double
    private let present: Mutex<[Int?]>

    init(boxes: [SimulatedDevice], start: MonotonicTime, speed: Double) {
        self.boxes = boxes
        self.start = start
        self.speed = speed
        present = Mutex(Array(repeating: nil, count: boxes.count))
    }

    /// Lets cars come and go that are due at `moment`.
    func step(to moment: MonotonicTime) {
        let second = (start.duration(to: moment).inSeconds * speed).truncatingRemainder(dividingBy: Self.rhythm)
        for (index, box) in boxes.enumerated() {
            guard let visit = Self.visits[index].lastIndex(where: { $0.second <= second }) else { continue }
            let isNew = present.withLock { present in
                defer { present[index] = visit }
                return present[index] != visit
            }
            if isNew { box.connect(Self.visits[index][visit].car, at: moment) }
        }
    }
}
