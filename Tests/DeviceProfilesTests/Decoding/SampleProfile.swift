import DeviceProfiles
import Foundation
import Testing

/// Profiles for tests: two small ones without any finding, and those of the library.
enum SampleProfile {
    static let meter = """
        schema: profile/1
        id: test.meter
        version: 1.2.0
        class: meter
        title: {en: Test meter, de: Testzähler}
        products:
          - {brand: Test, model: One}
        license: Apache-2.0
        sources: [{kind: measured, title: Bench}]
        link:
          tcp: {port: 502}
          unit: {default: 1, range: 1..16}
          timing: {timeout: 500 ms, retries: 1}
        modbus:
          addressing: {base: 0}
          max_read: 20
          readable: {holding: [0..49, 100..119], input: [0..9]}
          forbidden: {holding: [45]}
        options:
          turned: {type: bool, default: false}
          taps: {type: choice, choices: {a: {en: A}, b: {en: B}}, default: a}
          ratio: {type: number, range: [1, 100], default: 1}
        identify:
          safe: true
          match:
            - {read: holding, at: 40, words: [0x0070], score: 60}
            - {read: holding, at: 41, type: u16, range: [1, 9], score: 40}
          accept: 100
          facts:
            firmware: {at: 42, type: version, words: 1, split: [8, 8]}
            serial: {at: 43, type: u32}
        points:
          power: {at: 0, type: s32, unit: W, poll: fast, plausible: [-90 kW, 90 kW]}
          current.*: {lanes: [l1, l2, l3], at: 2, type: u16, scale: 0.1, poll: fast}
          energy_import: {at: 10, type: u32, unit: kWh, scale: 1/256, poll: slow, invalid: [0xFFFFFFFF]}
          frequency: {at: 12, type: s16, scale_from: x_power_of_ten}
          x_power_of_ten: {at: 13, type: s16, poll: static}
          x_word: {at: 14, type: u16, poll: slow}
          x_bit: {at: 14, bit: 3, poll: slow}
          x_view: {at: 10, type: u16, view_of: energy_import}
          x_half: {expr: power / 2}
          x_name: {at: 100, type: ascii, words: 8, poll: on-change x_word}
          x_mode: {at: 16, enum: {0: off, 1..3: on, other: no-data}}
        variants:
          - name: other tap
            when: option.taps == b
            points: {power: {at: 30}, x_half: ~}
        fixtures:
          idle:
            origin: synthetic
            holding: {0: {s32: [1000]}, 10: [0, 256], 100: {ascii: Meter, words: 8}}
        tests:
          - {name: values, given: idle, expect: {power: 1000 W, energy_import: 1 kWh, x_mode: off}}

        """

    static let wallbox = """
        schema: profile/1
        id: test.box
        version: 0.1.0
        class: wallbox
        title: {en: Test box}
        products: [{brand: Test, model: Box}]
        license: Apache-2.0
        sources: [{kind: measured, title: Bench}]
        modbus:
          addressing: {base: 0}
          max_write: 10
        points:
          state:
            at: 100
            poll: fast
            enum: {1: A, 2: B, 3: C, other: F}
            reasons: {9: dc-fault-current}
          charging_allowed:
            at: 110
            type: bool16
            write: {fc: 6, persist: ram}
          current_limit:
            at: 200
            unit: A
            scale: 0.1
            write: {fc: 6, persist: ram, range: [6 A, 32 A], step: 1 A, verify: {after: 500 ms, within: 5 s}}
          phases_set:
            at: 201
            enum: {0: auto, 1: 1, 2: 3}
            write: {fc: 6, persist: unknown, budget: 40/day, verify: {after: 1 s, within: 9 s}}
          failsafe_timeout:
            at: 202
            write: {fc: 6, kind: setting, persist: flash, budget: 20/year, verify: {within: 5 s}}
          failsafe_current:
            at: 203
            write: {fc: 6, kind: setting, persist: ram, verify: {within: 5 s}}
          x_wide: {at: 204, type: u32, write: {fc: 16, persist: ram}}
          x_open: {write: {at: 300, fc: 6, persist: ram, kind: command}}
        control:
          charge:
            start: [current_limit, charging_allowed]
            stop: [charging_allowed]
            minimum: 6 A
            on_disconnect: leave
          phases: {set: phases_set, when: "state in [A, B]"}
          wake_up:
            steps:
              - {write: {x_open: 1}}
              - {wait: 5 s}
              - {wait_until: state == C, at_most: 20 s}
            freezes: [state]
        init:
          - {write: {x_wide: 7}}
        keepalive:
          satisfied_by: token
          token: {point: x_open, value: 1}
          deadline: {from: failsafe_timeout, zero_means: never, assume: 60 s}
          device_then: {limits_to: failsafe_current}

        """

    /// The text of a profile of the library.
    static func library(_ path: String) throws -> String {
        let root = URL(filePath: #filePath).deletingLastPathComponent().deletingLastPathComponent()
            .deletingLastPathComponent().deletingLastPathComponent()
        return try String(contentsOf: root.appending(path: "Profiles/\(path).yaml"), encoding: .utf8)
    }

    static let libraryPaths = [
        "wallbox/cfos.power-brain", "wallbox/keba.p30", "wallbox/heidelberg.energy-control", "wallbox/bender.cc612",
        "wallbox/go-e.charger", "meter/eastron.sdm630",
    ]

    /// The document of a text that must have no errors.
    static func document(_ text: String, _ place: SourceLocation = #_sourceLocation) throws -> ProfileDocument {
        let load = ProfileDocument.load(Array(text.utf8), file: "t.yaml")
        let errors = load.errors.map(\.description)
        #expect(errors.isEmpty, sourceLocation: place)
        return try #require(load.document, sourceLocation: place)
    }
}

/// One change of a text: the only place of `search` becomes `replacement`. `¦` in it marks where the finding must be.
struct Edit: Sendable {
    let search: String
    let replacement: String

    init(_ search: String, _ replacement: String) {
        self.search = search
        self.replacement = replacement
    }
}

/// Applies edits and expects that the errors and warnings are exactly one finding of `code` at the mark.
func expectFinding(
    _ code: String, in base: String, _ edits: Edit..., says part: String? = nil,
    _ place: SourceLocation = #_sourceLocation
) throws {
    var text = base
    for edit in edits {
        try #require(text.components(separatedBy: edit.search).count == 2, "\(edit.search)", sourceLocation: place)
        text = text.replacingOccurrences(of: edit.search, with: edit.replacement)
    }
    let parts = text.components(separatedBy: "¦")
    try #require(parts.count == 2, "one mark", sourceLocation: place)
    let before = parts[0].split(separator: "\n", omittingEmptySubsequences: false)
    let expected = "t.yaml:\(before.count):\((before.last?.unicodeScalars.count ?? 0) + 1) \(code)"
    let load = ProfileDocument.load(Array(parts.joined().utf8), file: "t.yaml")
    let found = load.diagnostics.map { "t.yaml:\($0.line):\($0.column) \($0.code)" }
    #expect(found == [expected], "\(load.diagnostics.map(\.description))", sourceLocation: place)
    #expect((load.document == nil) == load.diagnostics.contains { $0.severity == .error }, sourceLocation: place)
    if let part {
        #expect(
            load.diagnostics.contains { $0.message.contains(part) }, "\(load.diagnostics.map(\.message))",
            sourceLocation: place)
    }
}
