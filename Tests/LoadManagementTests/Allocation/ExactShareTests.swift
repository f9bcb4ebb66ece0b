import LoadManagement
import Testing

/// The exact method that the random networks are judged by, against shares known by hand.
struct ExactShareTests {
    @Test func theExactMethodAgreesWithTheScenarios() throws {
        // B5: 20/20/32 A, a three-phase, b on L1 L2, c on L3: 10, 10, 22.
        let tree = try CircuitTree([CircuitNode(id: "main", limit: PhaseCurrents(20_000, 20_000, 32_000))])
        var input = AllocationInput(
            tree: tree, base: [.zero],
            boxes: [
                BoxDemand(id: "a", node: 0, maximum: 16_000),
                BoxDemand(id: "b", node: 0, maximum: 16_000, terminals: [.init(.l1), .init(.l2)]),
                BoxDemand(id: "c", node: 0, maximum: 32_000, terminals: .init(.l1), rotation: .r312),
            ])
        #expect(rounded(exactShare(input, charging: [true, true, true])) == [10_000, 10_000, 22_000])
        // Without b there are 20 A on L1 and L2 for a alone, so its maximum binds, and L3 has 16 A left for c.
        #expect(rounded(exactShare(input, charging: [true, false, true])) == [16_000, 0, 16_000])
        // The first class takes all it can while the others keep their minimum.
        input.boxes[1].priority = 1
        #expect(rounded(exactShare(input, charging: [true, true, true])) == [6000, 14_000, 26_000])
    }

    @Test func theExactMethodLetsAnEmptyPhaseHelpAFullOne() throws {
        // B10: unbalance 20 A, one car on each phase, the third takes 10 A: 30, 30, 10.
        let tree = try CircuitTree([CircuitNode(id: "main", limit: PhaseCurrents(each: 63_000))])
        let boxes = [(32_000, Rotation.r123), (32_000, .r231), (10_000, .r312)].map {
            BoxDemand(id: "\($1)", node: 0, maximum: $0, terminals: .init(.l1), rotation: $1)
        }
        let input = AllocationInput(tree: tree, base: [.zero], boxes: boxes, unbalance: 20_000)
        #expect(rounded(exactShare(input, charging: [true, true, true])) == [30_000, 30_000, 10_000])
    }

    private func rounded(_ share: [Double]) -> [Int] { share.map { Int($0.rounded()) } }
}
