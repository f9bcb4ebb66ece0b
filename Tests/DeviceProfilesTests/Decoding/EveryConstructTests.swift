import DeviceProfiles
import DriverAPI
import ReadPlanning
import Testing

private let text = """
    schema: profile/1
    id: test.everything
    version: 1.0.0
    class: wallbox
    title: Everything
    products: [{brand: Test, model: All}]
    license: MIT OR Apache-2.0
    sources: [{kind: third-party-report, url: "https://example.org", revision: 3, pages: 1-9}]
    notes: [First, {en: Second, de: Zweitens}]
    link:
      tcp: {}
      serial: {baud: 19200, parity: even, stop: 1, data: 8}
      unit: {default: 200, range: 1..247}
      clients: 1
      timing: {timeout: 2 s, min_gap: 1 ms, neighbour_gap: 2 ms, write_gap: 3 ms, pause_after_connect: 4 ms,
        pause_after_write: 5 ms, retries: 0, busy: 0.5 min}
    modbus:
      addressing: {base: 1}
      order: {u32: word-swapped, ascii: byte-swapped}
      max_read: {holding: 60, coil: 100}
      max_write: {holding: 10}
      read_fc: {input: 3}
      readable: {holding: [1..100, 201], coil: [1..20]}
      whole: {holding: [90..99]}
      whole_points: false
    options:
      house: {type: text, default: attic, advanced: true, help: {en: Which}}
      grid: {type: voltage, default: 230 V}
      battery: {type: energy, default: 10 kWh}
      limit: {type: power, default: 11 kW, range: [1 kW, 22 kW]}
      pause: {type: integer, default: 3, range: 1..9}
    identify:
      safe: true
      match:
        - {read: holding, at: 1, words: [0x0001, _, -1], score: 50}
        - {read: holding, at: 10, text: Box, words: 2, score: 20}
        - {read: holding, at: 20, type: s32, order: little, equals: -5, score: 20}
        - {read: coil, at: 1, count: 4, answers: true, score: 20}
        - {read: holding, at: 201, answers: false, score: -50, is: test.other}
      accept: 90
      ask_installer_from: 40
      facts:
        model: {at: 10, type: utf16, words: 2}
        hardware: {at: 12, type: u8, byte: hi}
        old: {at: 12, bit: 3}
        made: {at: 13, type: datetime}
        revision: {at: 15, type: version, words: 2, digits: [1, 2, 2]}
    defaults: {poll: slow}
    points:
      state: {at: 20, enum: {0: A, 1: B, 2..9: C, other: F}, poll: fast}
      charging_allowed: {table: coil, at: 5, write: {fc: 5, persist: ram}}
      power_limit:
        at: 21
        unit: "%"
        write: {fc: 6, persist: ram, range: [0 %, 100 %], step: 5 %, rounding: nearest, min_dwell: 1 min, settle: 2 s,
          when: x_online, verify: {within: 9 s, tolerance: 1 %, by: x_told}}
      x_told: {at: 22, unit: "%"}
      x_online: {at: 23, bits: 4..7, enum: {0: false, 1..15: true}}
      x_plug: {at: 23, bit: 0}
      x_number: {at: 24, type: bcd, words: 2, secret: true}
      x_text: {at: 26, type: ascii, words: 4, order: big}
      x_hi: {at: 30, type: s8, byte: hi}
      x_lo: {at: 30, type: u8, byte: lo}
      x_long: {at: 31, type: u32}
      x_signed: {at: 31, type: s32, view_of: x_long, deprecated: true, replaced_by: x_long}
      x_pair: {at: 35, type: f16, atomic: pair}
      x_other: {at: 36, type: s64, atomic: pair}
      x_coils: {table: coil, at: 1}
      power.*: {lanes: [l1, l2, l3], at: [40, 44, 42], type: u16, unit: kW, scale: 1/1000, offset: -0.5}
      energy_total: {at: 46, type: u32, unit: kWh, counter: {drop: accept, wrap: 10000 kWh}}
      plug_lock: {at: 50, type: bool16, write: {fc: 6, persist: ram}}
      x_display: {write: {at: 51, fc: 16, type: ascii, words: 8, persist: ram, kind: command}}
      x_mode: {write: {at: 60, fc: 6, persist: ram, kind: pulse, write_as: {eco: 1, full: 2}}}
      x_heartbeat: {at: 61, write: {fc: 6, persist: ram, kind: command}}
      phases_set: {at: 62, enum: {1: 1, 3: 3}, write: {fc: 6, persist: ram, verify: {within: 4 s}}}
      x_phase_relay: {at: 63, poll: on-demand, write: {fc: 6, persist: ram}}
      x_field: {at: 64, bits: 0..3, write: {fc: 6, persist: ram}}
      x_total: {expr: "sum(power.*)", plausible: [-90 kW, 90 kW], absent_when: value == 0 W}
      phases_active: {cases: [{when: power.l2 > 0 W, is: 3}, {is: 1}]}
    control:
      charge:
        start: [{write: {x_mode: eco}, when: option.pause > 3}, power_limit, {write: {x_heartbeat: raw 0x0A}}, charging_allowed]
        limit: [power_limit, {write: {x_field: "if(command > 50 %, 2, 1)"}}]
        stop: [charging_allowed]
        of: option.limit
        below_minimum: minimum
        when: x_online
        on_disconnect: 1.4 kW
        finally: [{wait: 1 s}]
      phases:
        steps: [{wait_until: not x_plug, at_most: 1 min, poll: 2 s, else: continue}, {write: {x_phase_relay: 1}}, phases_set]
        freezes: [state, power.*]
      lock: {set: plug_lock}
      display: {set: x_display}
    init:
      - {write: {x_phase_relay: option.pause}, needed: false}
    keepalive:
      satisfied_by: token
      token: {point: x_heartbeat, value: {count: [1, 255]}}
      deadline: 10 min
      share: 0.25
      device_then: stops
      settings: []
    fixtures:
      base:
        origin: {recorded: {serial_hash: ab12, firmware: "1.0", date: 2026-08-01, tool: chargehost 1.0 test.everything 1.0.0}}
        options: {pause: 5}
        holding: {20: [2], 31: {u32: [65537]}, 26: {ascii: Text, words: 4, order: big}}
        coil: {1..3: [1, 0, 1]}
        exceptions: {holding: {60..61: 2}}
      mute: {origin: synthetic, extends: base, silent: true}
    tests:
      - name: commands
        given: base
        options: {pause: 4}
        command: [{phases: auto}, {lock: true}, {display: Hello}, {set: {x_phase_relay: 2}}, {charge: on}, {charge: 7.4 kW}]
        expect: {state.reason: none, power.l1: 1 kW +- 5 W, fact.model: {value: M, quality: suspect}, x_plug: missing}
        expect_refused: not now
      - name: scenario
        given: mute
        scenario:
          - {at: 0 s, device: loses-ram, for: 2 s, registers: {holding: {20: [1]}}, torn: true}
          - {at: 1 s, host: stops, expect_writes: ["06 0014 0001", "15 0010 1011"], within: 3 s}

    """

private func profile() throws -> DeviceProfile { try SampleProfile.document(text).profile }

@Test func everyKeyOfLinkAndModbusIsDecoded() throws {
    let profile = try profile()
    #expect(profile.link.tcpPort == 502)
    #expect(profile.link.clients == 1)
    #expect(profile.link.defaultUnit == 200)
    let timing = profile.link.timing
    #expect(
        [timing.minGap, timing.neighbourGap, timing.writeGap, timing.pauseAfterConnect, timing.pauseAfterWrite]
            == (1...5).map { .milliseconds($0) })
    #expect(timing.retries == 0 && timing.busy == .seconds(30) && timing.timeout == .seconds(2))
    #expect(profile.modbus.constraints.maxRead == [.holding: 60, .coil: 100])
    #expect(profile.modbus.maxWrite == [.holding: 10])
    #expect(profile.modbus.constraints.readFunction == [.input: 3])
    #expect(profile.modbus.constraints.readable == [.holding: [0...99, 200...200], .coil: [0...19]])
    #expect(profile.modbus.constraints.whole == [.holding: [89...98]])
    #expect(!profile.modbus.wholePoints)
    #expect(profile.notes.map(\.description) == ["First", "Second"])
    #expect(
        profile.options.map(\.defaultValue) == [
            .text("attic"), .number(230), .number(10000), .number(11000), .number(3),
        ])
}

@Test func everyIdentificationTestIsDecoded() throws {
    let identify = try #require(try profile().identify)
    #expect(identify.rules[0].test == .words([1, nil, 0xFFFF]))
    #expect(identify.rules[0].request == ReadRequest(.holding, at: 0, count: 3))
    #expect(identify.rules[1].test == .text("Box", words: 2))
    #expect(
        identify.rules[2].test
            == .equals(-5, ReadPlace(table: .holding, address: 19, type: .s32, words: 2, order: .little)))
    #expect(identify.rules[3].request == ReadRequest(.coil, at: 0, count: 4))
    #expect(identify.rules[4].test == .answers(false, count: 1))
    #expect(identify.accept == 90 && identify.askInstallerFrom == 40)
    #expect(identify.facts.map(\.value.kind) == [.text, .number(.one), .bool, .text, .version])
    #expect(identify.facts[4].place?.split == .digits([1, 2, 2]))
    #expect(try profile().points.filter { ["model", "hardware"].contains($0.name) }.map(\.poll) == [.static, .static])
}

@Test func everyKindOfPointIsDecoded() throws {
    let profile = try profile()
    #expect(profile.point("charging_allowed")?.place == ReadPlace(table: .coil, address: 4, type: .bit))
    #expect(profile.point("x_online")?.place?.bits == 4...7)
    #expect(profile.point("x_online")?.value.kind == .bool)
    #expect(profile.point("x_number")?.place?.words == 2 && profile.point("x_number")?.secret == true)
    #expect(profile.point("x_text")?.place?.order == .big)
    #expect(profile.point("x_long")?.place?.order == .wordSwapped)
    #expect(profile.point("x_signed")?.place?.order == .big)
    #expect(profile.point("x_hi")?.place?.byte == .hi && profile.point("x_lo")?.place?.byte == .lo)
    #expect(["l1", "l2", "l3"].map { profile.point("power.\($0)")?.place?.address } == [39, 43, 41])
    #expect(profile.point("power.l1")?.value.offset == Exact(-1, over: 2))
    #expect(profile.point("energy_total")?.value.counter == .accept)
    #expect(profile.point("energy_total")?.value.wrap == 10_000_000)
    #expect(profile.point("x_total")?.value.kind == .number(.W))
    #expect(profile.point("x_total")?.value.absentWhen != nil)
    #expect(profile.point("phases_active")?.value.kind == .member(["3", "1"]))
    #expect(profile.point("x_told")?.poll == .slow)
}

@Test func everyKeyOfWritesIsDecoded() throws {
    let profile = try profile()
    let write = try #require(profile.point("power_limit")?.write)
    #expect(write.step == 5 && write.rounding == .nearest)
    #expect(write.minimumDwell == .seconds(60) && write.settle == .seconds(2))
    #expect(write.when?.text == "x_online")
    #expect(write.verify == .init(after: .zero, within: .seconds(9), tolerance: 1, by: "x_told"))
    #expect(profile.point("charging_allowed")?.write?.place == ReadPlace(table: .coil, address: 4, type: .bit))
    let display = try #require(profile.point("x_display"))
    #expect(display.value.kind == .text)
    #expect(
        display.write?.place == ReadPlace(table: .holding, address: 50, type: .ascii, words: 8, order: .byteSwapped))
    let mode = try #require(profile.point("x_mode"))
    #expect(mode.value.kind == .member(["eco", "full"]))
    #expect(mode.write?.kind == .pulse)
    #expect(mode.write?.writeAs.map(\.value) == [.member("eco"), .member("full")])
    #expect(profile.point("x_field")?.write?.place.bits == 0...3)
}

@Test func everyKeyOfControlIsDecoded() throws {
    let profile = try profile()
    let charge = try #require(profile.control.charge)
    #expect(charge.set == "power_limit")
    #expect(charge.start.map(\.action).first == .write("x_mode", .value(.member("eco"))))
    #expect(charge.start[0].when != nil)
    #expect(charge.start[2].action == .write("x_heartbeat", .raw(10)))
    #expect(charge.of == .name(.option("limit")))
    #expect(charge.belowMinimum == .minimum)
    #expect(charge.onDisconnect == .limit(1400))
    #expect(charge.when?.text == "x_online")
    #expect(charge.finally.map(\.action) == [.wait(.seconds(1))])
    guard case .write("x_field", .expression)? = charge.limit.last?.action else {
        Issue.record("the second step of limit writes an expression")
        return
    }
    // 0 % of 11 kW.
    guard case .expression(let minimum) = charge.minimum else {
        Issue.record("the minimum is a share of 100 %")
        return
    }
    let scope = SettledScope(options: ["limit": .number(11000)])
    #expect(minimum.evaluate(in: scope).value == .number(0))
    let phases = try #require(profile.control.phases)
    #expect(phases.set == nil)
    #expect(phases.freezes == ["state", "power.l1", "power.l2", "power.l3"])
    guard case .waitUntil(_, .seconds(60), .seconds(2), true)? = phases.steps.first?.action else {
        Issue.record("the first step waits up to a minute and goes on")
        return
    }
    #expect(profile.control.lock == "plug_lock" && profile.control.display == "x_display")
    #expect(profile.initWrites.first?.value == .expression(.name(.option("pause"))))
    #expect(profile.initWrites.first?.needed == false)
    #expect(profile.keepAlive?.token?.value == .count(1...255))
    #expect(profile.keepAlive?.deadline == .fixed(.seconds(600)))
    #expect(profile.keepAlive?.share == Exact(1, over: 4))
    #expect(profile.keepAlive?.deviceThen == .stops)
    #expect(profile.keepAlive?.settings == [])
}

@Test func everyKeyOfFixturesAndTestsIsDecoded() throws {
    let profile = try profile()
    let base = try #require(profile.fixtures["base"])
    #expect(base.words[.holding]?[30] == 1 && base.words[.holding]?[31] == 1)
    #expect(base.words[.holding]?[25] == 0x5465)  // "Te"
    #expect(base.words[.coil] == [0: 1, 1: 0, 2: 1])
    #expect(base.exceptions[.holding] == [59: 2, 60: 2])
    #expect(base.options == ["pause": "5"])
    #expect(profile.fixtures["mute"]?.silent == true)
    #expect(profile.fixtures["mute"]?.words == base.words)
    let test = profile.tests[0]
    #expect(
        test.commands == [
            .phases(.auto), .lock(true), .display("Hello"), .set(point: "x_phase_relay", value: .number(2)),
            .charge(.on),
            .charge(.power(7400)),
        ])
    let expect = Dictionary(uniqueKeysWithValues: test.expect.map { ($0.name, $0.value) })
    #expect(expect["power.l1"] == ExpectedValue(value: .number(1000), tolerance: 5))
    #expect(expect["fact.model"] == ExpectedValue(value: .text("M"), quality: .suspect))
    #expect(expect["x_plug"] == ExpectedValue(value: nil, quality: .missing))
    #expect(test.refused == "not now")
    let scenario = profile.tests[1].scenario
    #expect(scenario[0].device == .losesRAM && scenario[0].lasts == .seconds(2) && scenario[0].torn)
    #expect(scenario[0].registers == [.holding: [19: 1]])
    #expect(scenario[1].host == .stops && scenario[1].within == .seconds(3))
    #expect(scenario[1].writes == ["06 0014 0001", "15 0010 1011"])
}
