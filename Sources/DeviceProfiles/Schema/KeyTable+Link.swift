extension KeyTable {
    private static let timing = KeyRule("timing", .section(.timing), "Pauses and patience.")

    private static let modbusKeys: [KeyRule] = [
        KeyRule(
            "order", .either([.word(orders), .map(keys: .member, .word(orders))]),
            "Order of bytes and words in values of several registers, or one per type."),
        KeyRule("max_read", .either([.integer(1...2000), .section(.counts)]), "Registers per read request."),
        KeyRule("max_write", .either([.integer(1...1968), .section(.counts)]), "Registers per write request."),
        KeyRule("read_fc", .section(.readFunctions), "Where one function serves both tables."),
        KeyRule("readable", .section(.spans), "Islands of addresses that answer, per table."),
        KeyRule("forbidden", .section(.spans), "Addresses that are never read nor bridged."),
        KeyRule("whole", .section(.spans), "Islands that answer only when read exactly."),
        KeyRule("bridging", .word(["auto", "never"]), "Whether a request may cover gaps between points."),
        KeyRule("merge", .word(["auto", "never"]), "Whether a request may hold several points."),
        KeyRule("whole_points", .boolean, "Whether a request never cuts a point."),
        KeyRule(
            "register_bits", .later(.named("register-bits"), .integer(16...32)), "How many bits an address carries."),
    ]

    static let linkSections: [KeySection] = [
        KeySection(
            .link, "How the device is reached and how fast.",
            [
                KeyRule("tcp", .section(.tcp), "Only if the device has TCP."),
                KeyRule("serial", .section(.serial), "Only if the device has RTU; the installer may override it."),
                KeyRule("unit", .section(.unitID), "The unit id."),
                KeyRule("clients", .integer(1...64), "How many connections the device accepts."),
                KeyRule("framing", .later(.named("ascii"), .word(["rtu", "ascii"])), "Modbus ASCII on a serial line."),
                KeyRule("ascii_start", .later(.named("ascii"), .text), "First character of answers in ASCII framing."),
                KeyRule(
                    "repeat", .later(.unnamed, .integer(1...2)), "Requests are sent twice, the first answer dropped."),
                timing,
            ]),
        KeySection(.variantLink, "What a variant may change of the link.", [timing]),
        KeySection(.tcp, "Modbus TCP.", [KeyRule("port", .integer(1...65535), "The port; 502 unless said.")]),
        KeySection(
            .serial, "A serial line.",
            [
                KeyRule(required: "baud", .integer(300...4_000_000), "Bits per second."),
                KeyRule(required: "parity", .word(["none", "even", "odd"]), "The parity bit."),
                KeyRule(required: "stop", .integer(1...2), "Stop bits."),
                KeyRule("data", .integer(5...8), "Data bits; 8 unless said."),
            ]),
        KeySection(
            .unitID, "The unit id.",
            [
                KeyRule("default", .integer(0...255), "The unit id of a new device; 1 unless said."),
                KeyRule("range", .span, "The unit ids it can have; 1..247 unless said."),
            ]),
        KeySection(
            .timing, "Pauses and patience.",
            [
                KeyRule("timeout", .duration, "Longest wait for an answer; 1 s unless said."),
                KeyRule("min_gap", .duration, "Pause between two requests to this unit."),
                KeyRule("neighbour_gap", .duration, "Pause on the line after traffic with another unit."),
                KeyRule("write_gap", .duration, "Pause between two writes to this unit."),
                KeyRule("pause_after_connect", .duration, "Pause after connecting."),
                KeyRule("pause_after_write", .duration, "Pause after a write."),
                KeyRule("retries", .integer(0...10), "Repeats after a timeout or checksum error; 2 unless said."),
                KeyRule("busy", .duration, "Wait after exception 5 or 6; 500 ms unless said."),
            ]),
        KeySection(
            .modbus, "What a request may do.",
            [
                KeyRule(
                    required: "addressing", .section(.addressing), "How addresses are counted in this file.",
                    code: .address)
            ] + modbusKeys),
        KeySection(.variantModbus, "What a variant may change of the requests.", modbusKeys),
        KeySection(
            .addressing, "How addresses are counted in this file.",
            [
                KeyRule(
                    required: "base",
                    .either([.word(["0", "1", "modicon"]), .later(.named("sunspec"), .word(["sunspec"]))]),
                    "0: as on the wire; 1: one more; modicon: 1…, 3…, 4… with 5 or 6 digits.", code: .address)
            ]),
        KeySection(
            .readFunctions, "The function code that reads each table.",
            [
                KeyRule("holding", .integer(3...4), "3 unless said."),
                KeyRule("input", .integer(3...4), "4 unless said."),
            ]),
        KeySection(
            .counts, "Addresses per request, per table.",
            tables.map { KeyRule($0, .integer(1...2000), "At most so many of table \($0).") }),
        KeySection(
            .spans, "Spans of addresses, per table.",
            tables.map { KeyRule($0, .list(.span), "In table \($0): addresses, or first..last.") }),
    ]
}
