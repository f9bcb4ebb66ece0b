import LoadManagement

/// Values as a new site has them: what a field is that came after a recording was written.
enum Examples {
    private static let box = BoxSetup(id: "", node: "", ability: BoxAbility(maximum: 0))

    static let memory = tree(Memory(bookings: ["": BoxBooking(box)]))

    static let snapshot = tree(
        Snapshot(
            boxes: [BoxSnapshot(id: "", state: .unknown)], meters: ["": MeterSample(at: 0, current: .zero, words: 0)],
            budgets: [PowerLimit(milliwatts: 0)]))

    static let limits = tree(
        (try? CircuitTree([CircuitNode(id: "", limit: .zero)])).map { circuits in
            SiteLimits(tree: circuits, boxes: [box], budgets: [PowerLimit(milliwatts: 0)])
        })

    /// The example of a type; nothing for one that needs none.
    static func of(_ type: Any.Type) -> Tree {
        if type == Memory.self { return memory }
        if type == Snapshot.self { return snapshot }
        return type == SiteLimits.self ? limits : .absent
    }

    private static func tree(_ value: some Encodable) -> Tree { (try? TreeEncoder.tree(value)) ?? .absent }
}
