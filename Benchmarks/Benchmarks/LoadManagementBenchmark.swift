import LoadManagement

/// One decision of load management over 100, 1,000 and 10,000 boxes, ten to a circuit; and a day of 25 boxes.
///
/// The supply carries a third of what all boxes want, and every circuit two thirds of what its own want, so that both
/// levels bind and some boxes wait.
struct LoadManagementBenchmark: Benchmark {
    static let name = "load"

    private let sizes: [(boxes: Int, limit: Double)] = [(100, 1), (1000, 15), (10_000, 200)]

    func run() async throws -> Outcome {
        var outcome = Outcome()
        for subject in [Subject.sharing, .tick] {
            var before: (boxes: Int, milliseconds: Double)?
            for (boxes, limit) in sizes {
                let milliseconds = try milliseconds(subject, boxes: boxes)
                outcome.measurements.append(
                    Measurement(
                        name: "\(subject.rawValue), \(boxes) boxes", ours: Figure(value: milliseconds, unit: "ms"),
                        bar: .below(limit)))
                if let before {
                    outcome.measurements.append(
                        Measurement(
                            name: "\(subject.rawValue), growth from \(before.boxes) to \(boxes)",
                            ours: Figure(value: milliseconds / before.milliseconds, unit: "×")))
                }
                before = (boxes, milliseconds)
            }
        }
        let day = try Stopwatch.processorSeconds { _ = try LoadedDay().run() }
        outcome.measurements.append(
            Measurement(
                name: "a day of \(LoadedDay.boxes) boxes, a tick a second", ours: Figure(value: day, unit: "s"),
                bar: .below(5)))
        return outcome
    }

    private enum Subject: String {
        case sharing = "sharing current"
        case tick = "a whole tick"
    }

    private func milliseconds(_ subject: Subject, boxes: Int) throws -> Double {
        let site = LoadedSite(boxes: boxes)
        let tree = try site.tree()
        let rounds = max(5, 20_000 / boxes)
        switch subject {
        case .sharing:
            let input = site.input(tree)
            return Stopwatch.leastProcessorSeconds(of: rounds) { _ = Allocator.allocate(input) } * 1000
        case .tick:
            let limits = site.limits(tree)
            var (memory, now) = site.settled(limits)
            var best = Double.infinity
            for _ in 0..<rounds {
                now += 1_000_000_000
                let snapshot = site.snapshot(at: now)
                best = min(
                    best,
                    Stopwatch.processorSeconds {
                        memory = LoadControl.step(snapshot, limits: limits, memory: memory, now: now).memory
                    })
            }
            return best * 1000
        }
    }
}
