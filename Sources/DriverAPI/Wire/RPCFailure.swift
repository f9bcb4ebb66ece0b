/// Why a question could not be carried out: a code of JSON-RPC 2.0, section 5.1, or one of the protocol's own, and the
/// sentence for people.
package struct RPCFailure: Error, Hashable, Sendable {
    /// The code.
    package var code: Int
    /// The sentence.
    package var message: String

    /// Makes a failure.
    package init(code: Int, message: String) {
        self.code = code
        self.message = message
    }

    /// The line could not be read (-32700).
    package static func unreadable(_ message: String) -> RPCFailure { RPCFailure(code: -32700, message: message) }
    /// The object is no question (-32600).
    package static func invalid(_ message: String) -> RPCFailure { RPCFailure(code: -32600, message: message) }
    /// There is no such method (-32601).
    package static func unknownMethod(_ name: String) -> RPCFailure {
        RPCFailure(code: -32601, message: "there is no method \"\(name.prefix(60))\"")
    }
    /// The parameters are wrong (-32602).
    package static func badParameters(_ fault: WireFault) -> RPCFailure {
        RPCFailure(code: -32602, message: fault.description)
    }
    /// The question was taken back (11).
    package static let cancelled = RPCFailure(code: 11, message: "the request was cancelled")

    init(_ json: JSON) throws(WireFault) {
        let fields = try WireFields(json, at: "error")
        let code = try fields.neededNumber("code")
        guard let code = code.asInt else {
            throw .wrong("error.code", expected: "a whole number", found: "\(code)")
        }
        self.init(code: code, message: try fields.text("message") ?? "")
    }

    var json: JSON { ["code": .number(Exact(code)), "message": .string(message)] }
}

extension RPCFailure {
    /// The failure that carries an error of a driver.
    package init(_ error: DriverError) {
        let code =
            switch error {
            case .configuration: 1
            case .unreachable: 2
            case .mismatch: 3
            case .refusedByDevice: 4
            case .refused: 5
            case .notVerified: 6
            case .superseded: 7
            case .unsupported: 8
            case .storage: 9
            case .closed: 10
            }
        self.init(code: code, message: error.description)
    }

    /// The error of a driver that the failure carries; a method that it does not have is unsupported, and what breaks the
    /// protocol is unreachable, for nothing is known of the device then.
    package var driverError: DriverError {
        let text = message.isEmpty ? "the driver says no more than error \(code)" : message
        return switch code {
        case 1: .configuration(text)
        case 2: .unreachable(text)
        case 3: .mismatch(text)
        case 4: .refusedByDevice(text)
        case 5: .refused(text)
        case 6: .notVerified(text)
        case 7: .superseded
        case 8, -32601: .unsupported(text)
        case 9: .storage(text)
        case 10: .closed
        default: .unreachable("error \(code): \(text)")
        }
    }
}
