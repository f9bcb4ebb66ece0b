/// The circuits of a site, every one below the one that feeds it.
///
/// A node's index is its place in `nodes`; a parent always comes before its children.
public struct CircuitTree: Hashable, Sendable {
    /// The largest current a limit may name, in milliamperes: 10 MA, beyond any cable and far from overflow.
    public static let largestCurrent = 10_000_000_000

    /// The circuits, parents first.
    public private(set) var nodes: [CircuitNode]
    /// The index of each node's parent; nil for a supply.
    public let parents: [Int?]

    private let indices: [String: Int]
    private let paths: [[Int]]

    /// Makes the tree of `nodes`, given in any order.
    ///
    /// Throws `CircuitError` for names that are doubled or missing, rings, and limits out of range.
    public init(_ nodes: [CircuitNode]) throws(CircuitError) {
        guard !nodes.isEmpty else { throw .empty }
        var given: [String: Int] = [:]
        for (index, node) in nodes.enumerated() {
            guard given.updateValue(index, forKey: node.id) == nil else { throw .duplicate(node.id) }
            try Self.check(node)
        }
        for node in nodes {
            if let parent = node.parent, given[parent] == nil {
                throw .unknownParent(node: node.id, parent: parent)
            }
        }
        var sorted: [CircuitNode] = []
        var places: [String: Int] = [:]
        for node in nodes where places[node.id] == nil {
            var path = [node]
            while let parent = path[path.count - 1].parent, places[parent] == nil, let index = given[parent] {
                let next = nodes[index]
                if let start = path.firstIndex(where: { $0.id == next.id }) {
                    throw .cycle((path[start...] + [next]).map(\.id))
                }
                path.append(next)
            }
            for step in path.reversed() {
                places[step.id] = sorted.count
                sorted.append(step)
            }
        }
        self.nodes = sorted
        indices = places
        parents = sorted.map { $0.parent.flatMap { places[$0] } }
        paths = parents.indices.reduce(into: []) { [parents] paths, node in
            paths.append([node] + (parents[node].map { paths[$0] } ?? []))
        }
    }

    /// The index of the circuit named `id`; nil if there is none. Found at once if it is `hint`.
    public func index(of id: String, near hint: Int = .max) -> Int? {
        nodes.indices.contains(hint) && nodes[hint].id == id ? hint : indices[id]
    }

    /// The indices of `node` and everything that feeds it, from the node up to the supply.
    public func path(from node: Int) -> [Int] { paths[node] }

    /// The tree with the limits of some nodes lowered by `cuts`, but not below nothing.
    func lowered(by cuts: [Int: PhaseCurrents]) -> CircuitTree {
        var tree = self
        for (node, cut) in cuts { tree.nodes[node].limit = (nodes[node].limit - cut).withoutFeedIn }
        return tree
    }

    private static func check(_ node: CircuitNode) throws(CircuitError) {
        for phase in Phase.allCases where !(0...largestCurrent).contains(node.limit[phase]) {
            throw .outOfRange(node: node.id, what: "the limit on \(phase)", milliamperes: node.limit[phase])
        }
        guard (0...largestCurrent).contains(node.reserve) else {
            throw .outOfRange(node: node.id, what: "the reserve", milliamperes: node.reserve)
        }
    }
}

extension CircuitTree: Codable {
    /// Reads the circuits as a list; a list that makes no tree is a decoding error.
    public init(from decoder: any Decoder) throws {
        let container = try decoder.singleValueContainer()
        let nodes = try container.decode([CircuitNode].self)
        do throws(CircuitError) {
            try self.init(nodes)
        } catch {
            throw DecodingError.dataCorruptedError(in: container, debugDescription: error.description)
        }
    }

    /// Writes the circuits as a list.
    public func encode(to encoder: any Encoder) throws {
        var container = encoder.singleValueContainer()
        try container.encode(nodes)
    }
}
