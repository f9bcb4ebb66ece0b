import Testing

@testable import Host

/// The text against the exposition format 0.0.4.
@Suite struct PrometheusTextTests {
    @Test func aFamilyHasHelpTypeAndItsSamples() {
        var text = PrometheusText()
        text.family("x_watts", "Power.", [(["box": "a", "phase": "L1"], 1.5), (["box": "b"], nil), ([:], -3)])
        #expect(
            text.text
                == "# HELP x_watts Power.\n# TYPE x_watts gauge\nx_watts{box=\"a\",phase=\"L1\"} 1.5\nx_watts -3\n")
    }

    @Test func aFamilyWithoutValuesIsLeftOut() {
        var text = PrometheusText()
        text.family("x", kind: .counter, "Nothing.", [([:], nil)])
        #expect(text.text.isEmpty)
    }

    @Test func labelsAreEscaped() {
        var text = PrometheusText()
        text.family("x", "Help.", [(["name": "a\"b\\c\nd"], 1)])
        #expect(text.text.hasSuffix("x{name=\"a\\\"b\\\\c\\nd\"} 1\n"))
    }

    @Test func largeNumbersKeepTheirDigits() {
        var text = PrometheusText()
        text.value("x", "Help.", 44_443_803_600)
        text.value("y", "Help.", 1e18)
        #expect(text.text.contains("x 44443803600\n"))
        #expect(text.text.contains("y 1e+18\n"))
    }

    @Test func theSitesMetricsAreInBaseUnits() {
        var status = SiteStatus.sample(boxes: ["a"], power: 11040, alarms: ["x"])
        status.boxes[0].session_energy_wh = 1000
        status.instruments[0].soc_percent = 55
        status.power.grid_w = -250
        let lines = SiteMetrics.text(status, ProcessFigures(), pages: 3).split(separator: "\n")
        #expect(lines.contains("chargehost_alarms 1"))
        #expect(lines.contains(#"chargehost_power_watts{part="grid"} -250"#))
        #expect(lines.contains(#"chargehost_circuit_usable_amperes{circuit="supply",phase="L3"} 34"#))
        #expect(lines.contains(#"chargehost_box_state{box="a",state="C"} 1"#))
        #expect(lines.contains(#"chargehost_box_drawn_amperes{box="a",phase="L2"} 15.9"#))
        #expect(lines.contains(#"chargehost_box_session_energy_joules{box="a"} 3600000"#))
        #expect(lines.contains(#"chargehost_device_charge_ratio{device="grid",role="grid"} 0.55"#))
        #expect(lines.contains("chargehost_pages 3"))
        #expect(!lines.contains { $0.hasPrefix("process_") })
    }

    @Test func theProcessIsMeasured() throws {
        let figures = ProcessFigures.now()
        #expect(try #require(figures.residentBytes) > 1_000_000)
        #expect(try #require(figures.processorSeconds) > 0)
        #expect(try #require(figures.descriptors) >= 3)
    }
}
