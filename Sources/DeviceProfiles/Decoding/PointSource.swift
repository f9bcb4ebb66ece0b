import DriverAPI
import YAML

/// One entry of `points`: a point, or several with lanes.
struct PointSource {
    /// The key, which carries the place of the point.
    let key: Node
    /// What stands behind it.
    let node: Node
    /// Where its value is.
    let place: PlaceText
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
        mark = node.mark
        for (key, value) in node.mapping ?? [] {
            switch key.text {
            case "at": at = value
            case "table": table = value
            case "type": type = value
            case "words": words = value
            case "order": order = value
            case "bit": bit = value
            case "bits": bits = value
            case "byte": byte = value
            case "split": split = value
            case "bcd": bcd = value
            case "digits": digits = value
            case "as": reading = value
            case "stride": stride = value
            default: break
            }
        }
        mark = at?.mark ?? mark
    }

    /// The write place of a point: what `write` does not say is taken from the point; fields of bits only with its
    /// address.
    init(write: Node, of point: PlaceText) {
        self = point
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
