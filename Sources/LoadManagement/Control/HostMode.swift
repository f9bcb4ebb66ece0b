/// What the host does with the boxes.
public enum HostMode: String, CaseIterable, Codable, Sendable {
    /// Boxes run free and are only watched.
    case off
    /// A slave: everything is read, nothing is distributed.
    case observe
    /// The host shares the current.
    case manage
}
