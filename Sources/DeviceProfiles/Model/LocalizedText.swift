/// Text that a person reads: English, and other languages where the author gave them.
public struct LocalizedText: Hashable, Sendable, Codable, CustomStringConvertible {
    /// The texts by language code; `en` is always there.
    public var texts: [String: String]

    /// Makes a text in English only.
    public init(_ english: String) { texts = ["en": english] }
    /// Makes a text from languages and their texts.
    public init(texts: [String: String]) { self.texts = texts }

    /// The English text.
    public var description: String { texts["en"] ?? "" }
    /// The text in `language`, else in English.
    public func text(in language: String) -> String { texts[language] ?? description }
}
