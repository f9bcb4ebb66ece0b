import DriverAPI
import Modbus

/// What a host has open; the answer of `GET /api/v1/bus`.
struct BusList: Codable {
    /// The site's names of serial lines.
    var serial: [String: String]
    /// The endpoints in use, as the site file writes them.
    var lines: [String]
}

/// One request that a tool lets the host send; the body of `POST /api/v1/bus/exchange`.
struct BusExchange: Codable {
    /// The endpoint, as ``BusList`` has it.
    var line: String
    var unit: UInt8
    /// Function code and data.
    var pdu: [UInt8]
    var timeout_ms: Int
    /// 0 before 1 before 2, as in `RequestOptions.Urgency`.
    var urgency: Int

    init(line: String, unit: UInt8, pdu: [UInt8], _ options: RequestOptions) {
        self.line = line
        self.unit = unit
        self.pdu = pdu
        timeout_ms = Int(options.timeout.wholeNanoseconds / 1_000_000)
        urgency = options.urgency.rawValue
    }

    /// What the host's bus is told: a tool never goes before the host's own set-points.
    var options: RequestOptions {
        let urgency = RequestOptions.Urgency(rawValue: max(1, urgency)) ?? .poll
        return RequestOptions(urgency: urgency, timeout: .milliseconds(min(max(1, timeout_ms), 60_000)))
    }

    /// What came of it.
    struct Outcome: Codable {
        /// The answer; nil where there is none.
        var answer: [UInt8]?
        /// The kind of failure, as `LinkError` names it.
        var failure: String?
        /// More about it.
        var text: String?
        /// The exception's code.
        var code: UInt8?

        init(_ result: Result<[UInt8], LinkError>) {
            switch result {
            case .success(let pdu): answer = pdu
            case .failure(.exception(let code)): (failure, self.code) = ("exception", code)
            case .failure(.timeout): failure = "timeout"
            case .failure(.garbled(let text)): (failure, self.text) = ("garbled", text)
            case .failure(.unreachable(let text)): (failure, self.text) = ("unreachable", text)
            case .failure(.disconnected(let text)): (failure, self.text) = ("disconnected", text)
            case .failure(.refused(let text)): (failure, self.text) = ("refused", text)
            case .failure(.cancelled): failure = "cancelled"
            case .failure(.closed): failure = "closed"
            }
        }

        /// The answer; throws what went wrong.
        func pdu() throws(LinkError) -> [UInt8] {
            if let answer { return answer }
            let text = text ?? "the running host says no more"
            switch failure {
            case "exception": throw .exception(code ?? 4)
            case "timeout": throw .timeout
            case "garbled": throw .garbled(text)
            case "disconnected": throw .disconnected(text)
            case "refused": throw .refused(text)
            case "cancelled": throw .cancelled
            case "closed": throw .closed
            default: throw .unreachable(text)
            }
        }
    }
}
