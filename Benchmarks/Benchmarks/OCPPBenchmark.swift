import Foundation
import OCPP

/// Messages of OCPP read, checked and written, in JSON and in the binary framing.
struct OCPPBenchmark: Benchmark {
    static let name = "ocpp"

    private let framing = JSONFraming()
    private let binary = BinaryFraming()
    private let messages = [
        (
            "StatusNotification",
            #"[2,"19223201","StatusNotification",{"connectorId":1,"errorCode":"NoError","status":"Charging","#
                + #""timestamp":"2026-11-21T08:30:00Z"}]"#
        ),
        (
            "MeterValues",
            #"[2,"19223202","MeterValues",{"connectorId":1,"transactionId":4712,"meterValue":[{"timestamp":"#
                + #""2026-11-21T08:30:00Z","sampledValue":[{"value":"1234567","context":"Sample.Periodic","measurand":"#
                + #""Energy.Active.Import.Register","unit":"Wh"},{"value":"15.9","context":"Sample.Periodic","#
                + #""measurand":"Current.Import","phase":"L1","unit":"A"},{"value":"15.8","context":"#
                + #""Sample.Periodic","measurand":"Current.Import","phase":"L2","unit":"A"}]}]}]"#
        ),
    ]

    func run() async throws -> Outcome {
        var outcome = Outcome()
        for (name, text) in messages {
            outcome.measurements += try lines(name, Array(text.utf8))
        }
        return outcome
    }

    private func lines(_ name: String, _ text: [UInt8]) throws -> [Measurement] {
        guard case .call(let id, let action, let payload) = try framing.decode(text) else {
            throw BenchmarkFailure("\(name) is no call")
        }
        let frame = Frame.call(id: id, action: action, payload: payload)
        let packed = try binary.encode(.frame(frame))
        let content = Array(packed.dropFirst(4))
        let data = Data(text)
        let ours = try rate { _ = framing.encode(try checked(try framing.decode(text))) }
        let foundation = try rate {
            _ = try JSONSerialization.data(withJSONObject: JSONSerialization.jsonObject(with: data))
        }
        let read = try rate {
            guard case .frame(let found) = try binary.decode(content) else { return }
            _ = try checked(found)
        }
        let readJSON = try rate { _ = try checked(try framing.decode(text)) }
        let write = try rate { _ = try binary.encode(.frame(frame)) }
        let writeJSON = try rate { _ = framing.encode(frame) }
        return [
            line("\(name) read, checked and written", ours, foundation, .ratioAtLeast(1)),
            line("binary \(name) read and checked", read, readJSON, nil),
            line("binary \(name) written", write, writeJSON, nil),
            Measurement(
                name: "binary \(name), size", ours: Figure(value: Double(packed.count), unit: "bytes"),
                baseline: Figure(value: Double(text.count), unit: "bytes"), bar: .ratioAtMost(0.4)),
        ]
    }

    private func checked(_ frame: Frame) throws -> Frame {
        guard case .call(let id, let action, let payload) = frame else { return frame }
        let call = try ReceivedCall(action: action, payload: payload, at: .centralSystem)
        return .call(id: id, action: action, payload: call.request.json)
    }

    /// Calls a second of processor time.
    private func rate(_ body: () throws -> Void) throws -> Double {
        let count = 2000
        let seconds = try Stopwatch.leastProcessorSeconds(of: 10) { for _ in 0..<count { try body() } }
        return Double(count) / seconds
    }

    private func line(_ name: String, _ ours: Double, _ baseline: Double, _ bar: Measurement.Bar?) -> Measurement {
        Measurement(
            name: name, ours: Figure(value: ours, unit: "messages/s"),
            baseline: Figure(value: baseline, unit: "messages/s"), bar: bar)
    }
}
