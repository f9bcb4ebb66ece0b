/// What was found where licences are kept.
public enum LicenceFolder: Sendable, Hashable {
    /// The files, by their names.
    case files([File])
    /// The folder cannot be read; why.
    case unreadable(String)

    /// One file.
    public struct File: Sendable, Hashable {
        /// Its name in the folder.
        public var name: String
        /// Its bytes; nil when it cannot be read.
        public var bytes: [UInt8]?

        /// A file.
        public init(name: String, bytes: [UInt8]?) {
            self.name = name
            self.bytes = bytes
        }
    }
}
