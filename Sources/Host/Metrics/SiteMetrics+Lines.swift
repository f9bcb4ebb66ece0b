extension SiteMetrics {
    /// What the lines did.
    mutating func lines(_ lines: [LineStatus]) {
        func each(_ value: (LineStatus) -> Double) -> [PrometheusText.Sample] {
            lines.map { (["line": $0.line], value($0)) }
        }
        func units(_ value: (LineStatus.Unit) -> Double?) -> [PrometheusText.Sample] {
            lines.flatMap { line in
                line.units.map { (["line": line.line, "unit": "\($0.unit)"], value($0)) }
            }
        }
        out.family("chargehost_line_up", "1 while the line or endpoint is open.", each { $0.is_open ? 1 : 0 })
        out.family(
            "chargehost_line_load_ratio", "The occupied part of the last minute, 0 to 1.",
            each { $0.load_percent / 100 })
        out.family(
            "chargehost_line_opened_total", kind: .counter, "How often it was opened.", each { Double($0.opened) })
        out.family(
            "chargehost_line_bytes_total", kind: .counter, "Bytes of requests and of whole answers.",
            lines.flatMap { line -> [PrometheusText.Sample] in
                [
                    (["line": line.line, "direction": "sent"], Double(line.bytes_sent)),
                    (["line": line.line, "direction": "received"], Double(line.bytes_received)),
                ]
            })
        out.family(
            "chargehost_line_requests_total", kind: .counter, "Requests that went out.", units { Double($0.requests) })
        out.family(
            "chargehost_line_errors_total", kind: .counter, "Requests that failed, by kind.",
            lines.flatMap { line in
                line.units.flatMap { unit -> [PrometheusText.Sample] in
                    let errors = [
                        ("exception", unit.errors.exceptions), ("timeout", unit.errors.timeouts),
                        ("garbled", unit.errors.garbled), ("broken", unit.errors.broken),
                    ]
                    return errors.map { kind, count in
                        (["line": line.line, "unit": "\(unit.unit)", "kind": kind], Double(count))
                    }
                }
            })
        out.family(
            "chargehost_line_answer_seconds", "From a request to the end of its answer, moving average.",
            units { $0.latency_ms.map { $0 / 1000 } })
    }
}
