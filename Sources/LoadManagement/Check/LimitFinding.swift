/// What `chargehost check` finds about the limits of a site. Currents are milliamperes.
public enum LimitFinding: Hashable, Codable, Sendable {
    /// If the host dies, the boxes' fall-back currents and the house pass a limit.
    case fallbackPassesLimit(Sum)
    /// The same, with a house that may draw all that the circuit carries because nothing else is known.
    case houseUnknown(Sum)
    /// A box has no watchdog and the installer accepted that it may go on by itself.
    case unattended(box: String, rated: Int)
    /// A box hangs on a circuit that does not exist.
    case unknownNode(box: String, node: String)

    /// What comes together on one phase of a circuit.
    public struct Sum: Hashable, Codable, Sendable {
        /// The name of the circuit.
        public var node: String
        /// The phase of the supply.
        public var phase: Phase
        /// What may flow: the limit less the reserve.
        public var limit: Int
        /// The worst-case house; nil if it is not set.
        public var house: Int?
        /// The fall-back currents of all boxes together.
        public var fallback: Int
        /// How many boxes are in the sum.
        public var boxes: Int

        /// The largest fall-back current for each of the boxes that would fit, in whole tenths of an ampere.
        public var fittingFallback: Int { boxes == 0 ? 0 : max(0, limit - (house ?? 0)) / boxes / 100 * 100 }

        /// The largest house that would fit; negative if the boxes alone are too much.
        public var fittingHouse: Int { limit - fallback }
    }

    /// Whether a site with it is refused.
    public var isError: Bool {
        switch self {
        case .fallbackPassesLimit, .unknownNode: true
        case .houseUnknown, .unattended: false
        }
    }
}

extension LimitFinding: CustomStringConvertible {
    /// What is wrong, where, and what to do.
    public var description: String {
        switch self {
        case .fallbackPassesLimit(let sum):
            "circuit '\(sum.node)' \(sum.phase): if the host dies, \(sum.boxes) boxes fall back to "
                + "\(Amperes.text(sum.fallback)) together"
                + (sum.house.map { ", and the house may draw \(Amperes.text($0))" } ?? "")
                + ": more than \(Amperes.text(sum.limit)). \(remedy(sum))"
        case .houseUnknown(let sum):
            "circuit '\(sum.node)' \(sum.phase): if the host dies, the boxes fall back to "
                + "\(Amperes.text(sum.fallback)) together, and nobody knows what the house draws then: "
                + "set meter_lost; up to \(Amperes.text(sum.fittingHouse)) fit"
        case .unattended(let box, let rated):
            "box '\(box)' has no watchdog: if the host dies it may go on with up to \(Amperes.text(rated)); "
                + "this was accepted"
        case .unknownNode(let box, let node): "box '\(box)' hangs on circuit '\(node)', which does not exist"
        }
    }

    private func remedy(_ sum: Sum) -> String {
        if sum.house != nil, sum.fittingHouse > 0, sum.fittingFallback < 100 {
            return "A house of \(Amperes.text(sum.fittingHouse)) would fit."
        }
        return "A fall-back current of \(Amperes.text(sum.fittingFallback)) for each would fit; "
            + "boxes without a watchdog count with their rated current unless 'unattended: accepted'."
    }
}
