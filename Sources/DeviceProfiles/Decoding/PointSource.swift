import DriverAPI
import YAML

/// One entry of `points`: a point, or several with lanes.
struct PointSource {
    /// The key, which carries the place of the point.
    let key: Node
    /// What stands behind it.
    let node: Node
    /// The full names: one, or one per lane.
    let names: [String]
    /// What the name must be; nil for extensions.
    let canonical: CanonicalPoint?

    /// How messages name it.
    var subject: String { "point \(key.text ?? "")" }
}

/// What is known of an entry's value before its expressions are read.
struct PointShape {
    /// How far it is known.
    enum State {
        case open
        /// Being worked out: asked for again, it depends on itself.
        case resolving
        case known(PointShape)
        /// Wrong, and reported.
        case failed
    }

    var kind: ValueRule.Kind
    /// The unit before the canonical one.
    var unit: Unit?
    var entries: [ValueRule.EnumEntry] = []
    /// What it is calculated from.
    var expression: Expression?
}

/// The nodes that say where a value is and how its words are read.
struct PlaceText {
    var at, table, type, words, order, bit, bits, byte, split, bcd, digits, reading: Node?
    var stride: Node?
    /// Where the whole stands.
    var mark: Mark

    /// The read place of a point or fact.
    init(_ node: Node) {
        at = node[text: "at"]
        table = node[text: "table"]
        type = node[text: "type"]
        words = node[text: "words"]
        order = node[text: "order"]
        bit = node[text: "bit"]
        bits = node[text: "bits"]
        byte = node[text: "byte"]
        split = node[text: "split"]
        bcd = node[text: "bcd"]
        digits = node[text: "digits"]
        reading = node[text: "as"]
        stride = node[text: "stride"]
        mark = at?.mark ?? node.mark
    }

    /// The write place of a point: what `write` does not say is taken from the point; fields of bits only with its
    /// address.
    init(write: Node, of point: Node) {
        self.init(point)
        let hasOwnPlace = write[text: "at"] != nil
        if hasOwnPlace {
            bit = nil
            bits = nil
            byte = nil
        }
        if let own = write[text: "bit"] ?? write[text: "bits"] {
            bit = write[text: "bit"] == nil ? nil : own
            bits = write[text: "bits"]
        }
        if write[text: "type"] != nil { words = nil }
        at = write[text: "at"] ?? at
        table = write[text: "table"] ?? table
        type = write[text: "type"] ?? type
        words = write[text: "words"] ?? words
        order = write[text: "order"] ?? order
        mark = (write[text: "at"] ?? write[text: "type"])?.mark ?? write.mark
    }
}
