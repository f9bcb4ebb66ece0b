/// Finds the measurands a slave takes for MeterValuesSampledData: the whole list at once; when that is refused each one by
/// itself, then those that were taken together, one fewer as long as that is refused.
public struct MeasurandSearch: Hashable, Sendable {
    private enum Step: Hashable, Sendable {
        case all
        case single(Int)
        case together
        case done
    }

    private let wanted: [Measurand]
    private var step: Step
    private var taken: [Measurand] = []

    /// The key that is changed.
    public static let key = "MeterValuesSampledData"

    /// A search for `wanted`, the most wanted first. It is over at once when the slave measures these already, or nothing
    /// can be changed.
    public init(_ wanted: [Measurand], _ abilities: SlaveAbilities) {
        self.wanted = Array(wanted.prefix(max(1, abilities.maximumMeasurands ?? .max)))
        let present = abilities.value(Self.key).map { list in
            Set(list.split(separator: ",").map { $0.filter { !$0.isWhitespace } })
        }
        let isThere = present == Set(self.wanted.map(\.rawValue))
        let isFixed = !abilities.keys.isEmpty && !abilities.isWritable(Self.key)
        step = isThere || isFixed || self.wanted.isEmpty ? .done : .all
    }

    /// The change to try next; nil when the search is over.
    public var next: ChangeConfigurationRequest? {
        let list: [Measurand]
        switch step {
        case .all: list = wanted
        case .single(let place): list = [wanted[place]]
        case .together: list = taken
        case .done: return nil
        }
        return ChangeConfigurationRequest(key: Self.key, value: list.map(\.rawValue).joined(separator: ","))
    }

    /// Takes note of what the slave said to ``next``.
    public mutating func answered(_ isTaken: Bool) {
        switch step {
        case .all:
            step = isTaken ? .done : wanted.count > 1 ? .single(0) : .done
        case .single(let place):
            if isTaken { taken.append(wanted[place]) }
            if place + 1 < wanted.count {
                step = .single(place + 1)
            } else {
                // The last one that was taken is what stands there now.
                step = taken.count > 1 ? .together : .done
            }
        case .together:
            guard !isTaken else {
                step = .done
                return
            }
            taken.removeLast()
            if taken.isEmpty { step = .done }
        case .done: break
        }
    }
}
