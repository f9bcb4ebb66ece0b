import LoadManagement
import Testing

/// Every box is told what keeps it from getting more.
struct ReasonTests {
    @Test func aFullCircuitIsNamedWithItsPhase() throws {
        // C4: the floor's L1 stops a, b, c at 10 A, the supply's L1 stops d at 23 A.
        let tree = try CircuitTree([
            CircuitNode(id: "main", limit: PhaseCurrents(each: 63_000)),
            CircuitNode(id: "floor", limit: PhaseCurrents(each: 40_000), parent: "main"),
        ])
        let base = [PhaseCurrents(10_000, 4000, 0), PhaseCurrents(10_000, 4000, 0)]
        let boxes = ["a", "b", "c"].map { BoxDemand(id: $0, node: 1, maximum: 32_000) }
        let shares = Allocator.allocate(
            AllocationInput(tree: tree, base: base, boxes: boxes + [BoxDemand(id: "d", node: 0, maximum: 32_000)]))
        #expect(shares.map(\.current) == [10_000, 10_000, 10_000, 23_000])
        #expect(shares[0].reason == .node("floor", .l1))
        #expect(shares[3].reason == .node("main", .l1))
    }

    @Test func theRotatedPhaseIsNamedAsTheSupplyHasIt() throws {
        let share = try one(fuse: PhaseCurrents(32_000, 10_000, 32_000), terminals: .init(.l1), rotation: .r231)
        #expect(share == Allocation(current: 10_000, reason: .node("main", .l2)))
    }

    @Test func itsOwnMaximumIsNamed() throws {
        #expect(try one(fuse: PhaseCurrents(each: 63_000)) == Allocation(current: 16_000, reason: .max))
    }

    @Test func aBudgetIsNamed() throws {
        let share = try one(fuse: PhaseCurrents(each: 63_000), milliwatts: 5_000_000)
        #expect(share == Allocation(current: 7200, reason: .budget(nil)))
    }

    @Test func unbalanceIsNamed() throws {
        let share = try one(fuse: PhaseCurrents(each: 63_000), terminals: .init(.l1), unbalance: 10_000)
        #expect(share == Allocation(current: 10_000, reason: .unbalance))
    }

    @Test func aCurrentOfUnknownPhaseCountsAgainstTheUnbalanceLimit() throws {
        let share = try one(
            fuse: PhaseCurrents(each: 63_000), terminals: .init(.l1), rotation: .unknown, unbalance: 10_000)
        #expect(share == Allocation(current: 10_000, reason: .unbalance))
        let balanced = try one(fuse: PhaseCurrents(each: 63_000), rotation: .unknown, unbalance: 10_000)
        #expect(balanced == Allocation(current: 16_000, reason: .max))
    }

    @Test func whoWouldFitAloneWaitsInTheQueue() throws {
        let tree = try CircuitTree([CircuitNode(id: "main", limit: PhaseCurrents(each: 11_000))])
        let boxes = ["a", "b"].map { BoxDemand(id: $0, node: 0, maximum: 16_000) }
        let shares = Allocator.allocate(AllocationInput(tree: tree, base: [.zero], boxes: boxes))
        #expect(shares[0] == Allocation(current: 11_000, reason: .node("main", .l1)))
        #expect(shares[1] == Allocation(current: 0, reason: .queue(node: "main", phase: .l1)))
    }

    @Test func whoWouldNotFitAloneIsToldTheCircuit() throws {
        #expect(
            try one(fuse: PhaseCurrents(16_000, 16_000, 5900)) == Allocation(current: 0, reason: .node("main", .l3)))
    }

    private func one(
        fuse: PhaseCurrents, terminals: PhaseSet = .all, rotation: Rotation = .r123, milliwatts: Int? = nil,
        unbalance: Int? = nil
    ) throws -> Allocation {
        let tree = try CircuitTree([CircuitNode(id: "main", limit: fuse)])
        let box = BoxDemand(id: "a", node: 0, maximum: 16_000, terminals: terminals, rotation: rotation)
        let input = AllocationInput(
            tree: tree, base: [.zero], boxes: [box], budgets: milliwatts.map { [WattBudget(milliwatts: $0)] } ?? [],
            unbalance: unbalance)
        return try #require(Allocator.allocate(input).first)
    }
}
