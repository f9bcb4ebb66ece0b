import CWebSockets

/// A file of the page in memory, with its entity tag: a browser that has it already gets 304 and no body.
public struct HTTPAsset: Hashable, Sendable {
    /// The bytes.
    public let bytes: [UInt8]
    /// `Content-Type`.
    public let type: String
    /// `Cache-Control`.
    public let cacheControl: String
    /// A strong entity tag out of the bytes, with its quotes (RFC 9110, 8.8.3).
    public let entityTag: String

    /// Makes an asset. `no-cache` lets browsers keep it but ask each time whether it changed.
    public init(bytes: [UInt8], type: String, cacheControl: String = "no-cache") {
        self.bytes = bytes
        self.type = type
        self.cacheControl = cacheControl
        entityTag = "\"\(Digest.hex(Digest.sha1(bytes).prefix(10)))\""
    }

    /// The answer to GET and HEAD: the bytes, or 304 when `If-None-Match` has the tag (RFC 9110, 13.1.2).
    public func response(to request: HTTPRequest) -> HTTPResponse {
        let fields: HTTPHeaders = ["ETag": entityTag, "Cache-Control": cacheControl]
        guard request.method == .get || request.method == .head else {
            return HTTPResponse(.methodNotAllowed, headers: ["Allow": "GET, HEAD"])
        }
        let known = request.headers.list("If-None-Match").contains { tag in
            tag == "*" || tag == entityTag || tag == "W/" + entityTag
        }
        if known { return HTTPResponse(.notModified, headers: fields) }
        var response = HTTPResponse(.ok, headers: fields, body: bytes)
        response.headers.add("Content-Type", type)
        return response
    }
}
