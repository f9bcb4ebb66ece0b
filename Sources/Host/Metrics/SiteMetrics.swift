/// The site's document as metrics. Names end in base units (Prometheus, "Metric and label naming"): energy in joules.
struct SiteMetrics {
    var out = PrometheusText()

    /// The text of a site, nil before its first tick, of its lines, of a process and of the pages that are open.
    static func text(
        _ status: SiteStatus?, lines: [LineStatus] = [], _ process: ProcessFigures, pages: Int
    ) -> String {
        var metrics = SiteMetrics()
        if let status { metrics.site(status) }
        metrics.lines(lines)
        metrics.process(process, pages)
        return metrics.out.text
    }

    private mutating func site(_ status: SiteStatus) {
        out.value("chargehost_uptime_seconds", "Time since the host started.", status.uptime_s)
        out.value("chargehost_alarms", "Alarms that are shown.", Double(status.alarms.count))
        let power = status.power
        out.family(
            "chargehost_power_watts",
            "Active power of the site: grid import, boxes, sun, into storage, everything else.",
            [
                (["part": "grid"], power.grid_w), (["part": "evse"], power.evse_w),
                (["part": "production"], power.production_w), (["part": "storage"], power.storage_w),
                (["part": "house"], power.house_w),
            ])
        circuits(status.circuits)
        boxes(status.boxes)
        instruments(status.instruments)
    }

    private mutating func circuits(_ circuits: [SiteStatus.Circuit]) {
        func phases(_ values: (SiteStatus.Circuit) -> [Double]?) -> [PrometheusText.Sample] {
            circuits.flatMap { circuit in
                (values(circuit) ?? []).enumerated().map { phase, value in
                    (["circuit": circuit.id, "phase": "L\(phase + 1)"], value)
                }
            }
        }
        out.family("chargehost_circuit_limit_amperes", "The circuit's limit.", phases { $0.limit_a })
        out.family("chargehost_circuit_usable_amperes", "The limit less the reserve.", phases { $0.usable_a })
        out.family("chargehost_circuit_measured_amperes", "What the circuit's meter shows.", phases { $0.measured_a })
        out.family(
            "chargehost_circuit_base_amperes", "What everything but the boxes is taken to draw.", phases { $0.base_a })
        out.family(
            "chargehost_circuit_booked_amperes", "What the boxes may be drawing at most.", phases { $0.booked_a })
        out.family("chargehost_circuit_drawn_amperes", "What the boxes measure that they draw.", phases { $0.drawn_a })
        out.family(
            "chargehost_circuit_blind", "1 while the worst-case house is assumed because the meter is silent.",
            circuits.map { (["circuit": $0.id], $0.blind ? 1 : 0) })
    }

    private mutating func boxes(_ boxes: [SiteStatus.Box]) {
        func each(_ value: (SiteStatus.Box) -> Double?) -> [PrometheusText.Sample] {
            boxes.map { (["box": $0.id], value($0)) }
        }
        out.family("chargehost_box_up", "1 while the box answers.", each { $0.link == "online" ? 1 : 0 })
        out.family(
            "chargehost_box_state", "1 for the state of IEC 61851 that the box is in.",
            boxes.compactMap { box in box.state.map { (["box": box.id, "state": $0], 1) } })
        out.family("chargehost_box_told_amperes", "What the box was told last; 0 for off.", each(\.told_a))
        out.family("chargehost_box_offered_amperes", "What the box offers to the car.", each(\.offered_a))
        out.family("chargehost_box_booked_amperes", "What the box may be drawing at most.", each { $0.booked_a })
        out.family(
            "chargehost_box_drawn_amperes", "What the box draws on its own phases.",
            boxes.flatMap { box in
                (box.drawn_a ?? []).enumerated().map { phase, value in
                    (["box": box.id, "phase": "L\(phase + 1)"], value)
                }
            })
        out.family("chargehost_box_power_watts", "Active power of the box.", each(\.power_w))
        out.family(
            "chargehost_box_session_energy_joules", "Charged since the car was plugged in.",
            each { $0.session_energy_wh.map { $0 * 3600 } })
        out.family(
            "chargehost_box_reason", "1 for the reason why the box gets no more.",
            boxes.compactMap { box in box.reason.map { (["box": box.id, "reason": $0], 1) } })
    }

    private mutating func instruments(_ instruments: [SiteStatus.Instrument]) {
        func each(_ value: (SiteStatus.Instrument) -> Double?) -> [PrometheusText.Sample] {
            instruments.map { (["device": $0.id, "role": $0.role ?? $0.device_class], value($0)) }
        }
        out.family(
            "chargehost_device_up", "1 while the meter, inverter or battery answers.",
            each { $0.link == "online" ? 1 : 0 })
        out.family("chargehost_device_power_watts", "Active power; positive flows into it.", each(\.power_w))
        out.family(
            "chargehost_device_current_amperes", "Current per phase.",
            instruments.flatMap { device in
                (device.current_a ?? []).enumerated().map { phase, value in
                    (["device": device.id, "phase": "L\(phase + 1)"], value)
                }
            })
        out.family(
            "chargehost_device_import_joules_total", kind: .counter, "Energy into the device, at the grid imported.",
            each { $0.energy_import_wh.map { $0 * 3600 } })
        out.family(
            "chargehost_device_export_joules_total", kind: .counter, "Energy out of the device, at the grid exported.",
            each { $0.energy_export_wh.map { $0 * 3600 } })
        out.family(
            "chargehost_device_charge_ratio", "State of charge of a battery, 0 to 1.",
            each { $0.soc_percent.map { $0 / 100 } })
    }

    private mutating func process(_ process: ProcessFigures, _ pages: Int) {
        out.family(
            "chargehost_build_info", "1, with the version of the host.", [(["version": HostVersion.chargehost], 1)])
        out.value("chargehost_pages", "Pages that follow the event stream.", Double(pages))
        out.value("process_resident_memory_bytes", "Resident memory of the host.", process.residentBytes)
        out.value("process_cpu_seconds_total", kind: .counter, "Processor time of the host.", process.processorSeconds)
        out.value("process_open_fds", "Open file descriptors of the host.", process.descriptors)
    }
}
