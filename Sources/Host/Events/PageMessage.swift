import Foundation
import Network

/// One message of the event stream, encoded once for all pages.
public struct PageMessage: Sendable {
    /// The JSON text.
    public let utf8: [UInt8]
    /// The same as it goes on the wire.
    public let encoded: EncodedMessage

    /// Encodes `event`; nil when it cannot be.
    init?(_ event: some Encodable) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.withoutEscapingSlashes]
        guard let data = try? encoder.encode(event) else { return nil }
        utf8 = Array(data)
        encoded = EncodedMessage(utf8: utf8)
    }
}
