import Foundation

/// Where a file is fetched or put: a URL of HTTP, HTTPS, FTP, FTPS or SFTP, with user and password or without.
public struct TransferLocation: Hashable, Sendable, CustomStringConvertible {
    /// How it is reached.
    public enum Scheme: String, Hashable, Sendable, CaseIterable {
        case http, https, ftp, ftps, sftp

        /// Whether a file that is half there can be gone on with by its size alone.
        var resumesBySize: Bool { self != .http && self != .https }
        /// Whereto a server may send on: never from a protected scheme to an open one.
        var redirects: String {
            switch self {
            case .http: "http,https"
            case .https, .ftp, .ftps, .sftp: "https"
            }
        }
    }

    /// How it is reached.
    public let scheme: Scheme
    /// The whole URL, with its password; for the library alone.
    let url: String
    private let parts: URLComponents

    /// Nil for another scheme, and for what is no URL with a host.
    public init?(_ text: String) {
        let trimmed = text.trimmingCharacters(in: .whitespaces)
        guard trimmed.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7f }), let parts = URLComponents(string: trimmed),
            let scheme = parts.scheme.flatMap({ Scheme(rawValue: $0.lowercased()) }), let host = parts.host,
            !host.isEmpty
        else { return nil }
        self.scheme = scheme
        self.parts = parts
        url = trimmed
    }

    /// The URL of a file in this folder. A URL with a query names the file already.
    public func file(_ name: String) -> TransferLocation? {
        if parts.query != nil { return self }
        var parts = parts
        let folder = parts.percentEncodedPath
        let encoded = name.addingPercentEncoding(
            withAllowedCharacters: .alphanumerics.union(.init(charactersIn: "-._")))
        parts.percentEncodedPath = folder + (folder.hasSuffix("/") ? "" : "/") + (encoded ?? "file")
        return parts.string.flatMap(TransferLocation.init)
    }

    /// The URL without user, password and query.
    public var description: String {
        var parts = parts
        parts.user = nil
        parts.password = nil
        parts.query = nil
        return parts.string ?? scheme.rawValue
    }
}
