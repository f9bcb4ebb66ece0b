import LoadManagement
import TestTools
import Testing

/// What holds for sharing whatever the numbers are.
struct AllocationLawTests {
    @Test func theOrderInWhichBoxesAreGivenDoesNotMatter() throws {
        for seed in 0..<300 {
            var random = SeededGenerator(seed: seed)
            let input = try randomNetwork(seed: seed, NetworkKind(hasUnbalance: seed % 3 == 0))
            var shuffled = input
            shuffled.boxes.shuffle(using: &random)
            #expect(byBox(input) == byBox(shuffled), "seed \(seed)")
        }
    }

    @Test func theOrderInWhichCircuitsAreGivenDoesNotMatter() throws {
        for seed in 0..<300 {
            let input = try randomNetwork(seed: seed)
            let tree = try CircuitTree(input.tree.nodes.reversed())
            let moved = input.tree.nodes.map { tree.index(of: $0.id) ?? 0 }
            var turned = input
            turned.tree = tree
            for (old, new) in moved.enumerated() { turned.base[new] = input.base[old] }
            for box in turned.boxes.indices { turned.boxes[box].node = moved[input.boxes[box].node] }
            for booking in turned.reserved.indices {
                turned.reserved[booking].node = moved[input.reserved[booking].node]
            }
            for budget in turned.budgets.indices {
                turned.budgets[budget].node = input.budgets[budget].node.map { moved[$0] }
            }
            #expect(byBox(input) == byBox(turned), "seed \(seed)")
        }
    }

    @Test func rotatingTheWholeSiteRotatesNothingElse() throws {
        let next: [Rotation: Rotation] = [
            .r123: .r231, .r231: .r312, .r312: .r123, .r132: .r213, .r213: .r321, .r321: .r132, .unknown: .unknown,
        ]
        for seed in 0..<300 {
            let input = try randomNetwork(seed: seed, NetworkKind(hasUnbalance: seed % 3 == 0))
            let turn = { (current: PhaseCurrents) in PhaseCurrents(current.l3, current.l1, current.l2) }
            var turned = input
            turned.tree = try CircuitTree(
                input.tree.nodes.map {
                    CircuitNode(id: $0.id, limit: turn($0.limit), reserve: $0.reserve, parent: $0.parent)
                })
            turned.base = input.base.map(turn)
            for box in turned.boxes.indices {
                turned.boxes[box].rotation = try #require(next[input.boxes[box].rotation])
            }
            for booking in turned.reserved.indices {
                turned.reserved[booking].current = turn(input.reserved[booking].current)
            }
            #expect(byBox(input) == byBox(turned), "seed \(seed)")
        }
    }

    @Test func moreFuseNeverLowersAnybodyWhereEverybodyCharges() throws {
        for amperes in stride(from: 30, through: 90, by: 1) {
            let smaller = try five(fuse: amperes * 1000)
            let larger = try five(fuse: amperes * 1000 + 700)
            #expect(zip(smaller, larger).allSatisfy { $0 <= $1 }, "\(amperes) A")
        }
    }

    @Test func doublingEverythingDoublesTheShares() throws {
        for seed in 0..<300 {
            let input = try randomNetwork(seed: seed, NetworkKind(hasBudgets: false))
            var doubled = input
            doubled.tree = try CircuitTree(
                input.tree.nodes.map {
                    CircuitNode(id: $0.id, limit: $0.limit + $0.limit, reserve: 2 * $0.reserve, parent: $0.parent)
                })
            doubled.base = input.base.map { $0 + $0 }
            for box in doubled.boxes.indices {
                doubled.boxes[box].minimum *= 2
                doubled.boxes[box].maximum *= 2
                doubled.boxes[box].step *= 2
            }
            for booking in doubled.reserved.indices {
                doubled.reserved[booking].current += input.reserved[booking].current
                doubled.reserved[booking].total *= 2
            }
            #expect(byBox(doubled) == byBox(input).mapValues { 2 * $0 }, "seed \(seed)")
        }
    }

    private func byBox(_ input: AllocationInput) -> [String: Int] {
        let shares = Allocator.allocate(input).map(\.current)
        return Dictionary(uniqueKeysWithValues: zip(input.boxes.map(\.id), shares))
    }

    private func five(fuse: Int) throws -> [Int] {
        let tree = try CircuitTree([CircuitNode(id: "main", limit: PhaseCurrents(each: fuse))])
        let boxes = (0..<5).map {
            BoxDemand(id: "\($0)", node: 0, maximum: [16_000, 32_000, 11_000][$0 % 3], queue: $0)
        }
        return Allocator.allocate(AllocationInput(tree: tree, base: [.zero], boxes: boxes)).map(\.current)
    }
}
