/// Boxes and circuits with which nothing is wrong.
struct SoundBoxes: Hashable, Sendable {
    var boxes: [BoxSetup]
    var tree: CircuitTree
}
