import Foundation

/// A link on the page to somewhere else, such as the master's page.
public struct PageLink: Codable, Hashable, Sendable {
    /// What it says.
    public var title: String
    /// Where it leads; http or https.
    public var url: String

    /// Makes one; nil where `url` is no address of the web.
    public init?(title: String, url: String) {
        guard !title.isEmpty, let parts = URLComponents(string: url), ["http", "https"].contains(parts.scheme),
            parts.host?.isEmpty == false, parts.user == nil
        else { return nil }
        self.title = title
        self.url = url
    }
}
