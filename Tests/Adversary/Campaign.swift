/// Many sites after and beside each other, an hour each.
public struct Campaign: Sendable {
    /// The seed of the first site; the next has the next number.
    public var seed: Int
    /// How many sites are simulated, an hour each.
    public var hours: Int
    /// How many at a time.
    public var threads: Int
    /// How many boxes a site has at most.
    public var boxes: Int
    /// How long each site is simulated, in milliseconds.
    public static let siteTime = 3_600_000

    /// Makes a campaign of `hours` sites from `seed` on.
    public init(seed: Int = 1, hours: Int = 200, threads: Int = 2, boxes: Int = 40) {
        self.seed = seed
        self.hours = hours
        self.threads = threads
        self.boxes = boxes
    }

    /// Simulates all sites, and answers with what came of it; `progress` is told now and then what came so far.
    public func run(progress: @Sendable @escaping (Figures) -> Void = { _ in }) async -> Figures {
        let tally = Tally()
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<max(1, threads) {
                group.addTask {
                    while let place = await tally.take(of: hours) {
                        progress(await tally.add(Self.figures(seed: seed + place, boxes: boxes)))
                    }
                }
            }
        }
        var figures = await tally.total
        figures.violations.sort { $0.seed < $1.seed }
        return figures
    }

    private actor Tally {
        private var next = 0
        private(set) var total = Figures()

        func take(of count: Int) -> Int? {
            guard next < count else { return nil }
            defer { next += 1 }
            return next
        }

        func add(_ figures: Figures) -> Figures {
            total.add(figures)
            return total
        }
    }

    private static func figures(seed: Int, boxes: Int) -> Figures {
        do {
            var simulation = try Simulation(seed: seed, largest: boxes)
            simulation.run(milliseconds: siteTime)
            return simulation.figures
        } catch {
            var figures = Figures()
            figures.violations = [(seed, "the site could not be made: \(error)")]
            return figures
        }
    }
}
