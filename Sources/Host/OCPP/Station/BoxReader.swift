import DriverAPI
import OCPP

/// Turns what is known of a box into what a station is told of it. Pure, but for what the card readers showed last.
struct BoxReader: Sendable {
    /// What a card reader showed last, by box: the tag, and how many were read where the box counts them.
    private var shown: [String: Shown] = [:]

    private struct Shown: Hashable, Sendable {
        var tag: String?
        var count: Exact?
    }

    /// A reading of `box`, or the reason why there is none; nil while it was not reached yet.
    static func reading(_ box: DeviceState, meter: DeviceState?) -> Result<BoxReading, BoxSilence>? {
        if let failure = box.failure { return .failure(BoxSilence(description: failure)) }
        switch box.link {
        case .connecting: return nil
        case .silent(_, let reason), .mismatch(let reason): return .failure(BoxSilence(description: reason))
        case .online: break
        }
        return .success(
            BoxReading(
                pilot: box.text("state").flatMap(PilotState.init(letter:)), energy: energy(box, meter),
                values: values(box, meter),
                offered: (box.number("current_offered") ?? box.number("current_limit"))?.tenths,
                phases: box.description?.charging?.switchesPhases ?? false ? box.number("phases_set")?.asInt : nil,
                fault: fault(box)))
    }

    /// A card that was held before the box's reader since the last call.
    mutating func tag(_ box: DeviceState) -> String? {
        guard case .online = box.link, let reading = box.readings["rfid_tag"], reading.quality == .good else {
            return nil
        }
        let tag = reading.value?.text.flatMap(Self.clean)
        let now = Shown(tag: tag, count: box.number("x_rfid_count"))
        // What stood in the box when it was first read may have been there for days.
        guard let before = shown.updateValue(now, forKey: box.entry.id) else { return nil }
        return before == now ? nil : tag
    }

    /// At most 20 characters; zeros that fill the register are no tag.
    private static func clean(_ text: String) -> String? {
        let visible = text.filter { !$0.isWhitespace && $0.isASCII && $0 != "\0" }
        guard visible.contains(where: { $0 != "0" }) else { return nil }
        return String(visible.prefix(20))
    }

    /// The energy register of the meter attached to the box, else the box's own; nil without one.
    static func register(_ box: DeviceState, _ meter: DeviceState?) -> Reading? {
        let reading = meter?.readings["energy_import"] ?? box.readings["energy_total"]
        return reading?.quality == .absent ? nil : reading
    }

    /// In Wh.
    private static func energy(_ box: DeviceState, _ meter: DeviceState?) -> Int? {
        guard let reading = register(box, meter), reading.quality == .good else { return nil }
        return reading.value?.number?.floor.asInt
    }

    private static func values(_ box: DeviceState, _ meter: DeviceState?) -> [MeasuredValue] {
        var values: [MeasuredValue] = []
        let source = meter ?? box
        func add(
            _ measurand: Measurand, _ phase: Phase?, _ point: String, _ unit: UnitOfMeasure, of device: DeviceState
        ) {
            guard let number = device.number(point) else { return }
            values.append(MeasuredValue(measurand, phase: phase, number.double, unit))
        }
        add(.powerActiveImport, nil, "power", .watts, of: source)
        for (phase, lane) in [(Phase.l1, "l1"), (.l2, "l2"), (.l3, "l3")] {
            add(.currentImport, phase, "current.\(lane)", .amperes, of: source)
            add(.voltage, phase, "voltage.\(lane)", .volts, of: source)
            add(.powerActiveImport, phase, "power.\(lane)", .watts, of: source)
        }
        add(.currentOffered, nil, "current_offered", .amperes, of: box)
        add(.temperature, nil, "temperature", .celsius, of: box)
        add(.stateOfCharge, nil, "vehicle_soc", .percent, of: box)
        return values
    }

    private static func fault(_ box: DeviceState) -> BoxFault? {
        let reason = box.text("state.reason")
        guard box.text("state") == "F" || reason == "contactor-welded" || reason == "dc-fault-current" else {
            return nil
        }
        let code: ChargePointErrorCode =
            switch reason {
            case "over-temperature": .highTemperature
            case "dc-fault-current": .groundFailure
            case "contactor-welded": .powerSwitchFailure
            default: .otherError
            }
        let number = box.number("error_code")?.asInt.map(String.init)
        return BoxFault(code, box.text("error_text") ?? reason ?? "the box reports a fault", vendorCode: number)
    }
}

/// Why nothing is known of a box, for people.
struct BoxSilence: Error, Hashable {
    let description: String
}

extension PilotState {
    init?(letter: String) {
        switch letter {
        case "A": self = .a
        case "B": self = .b
        case "C": self = .c
        case "D": self = .d
        case "E": self = .e
        case "F": self = .f
        default: return nil
        }
    }
}

extension Exact {
    /// In tenths, rounded down.
    var tenths: Tenths? { multiplied(by: 10)?.floor.asInt.map { Tenths(tenths: $0) } }
}
