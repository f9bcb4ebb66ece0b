import Foundation

/// A stored told state with the device it belongs to.
public struct ToldRecord: Hashable, Sendable {
    /// The device's id in the site file.
    public let device: String
    /// JSON.
    public let state: [UInt8]
    /// Rises with every told state stored on this site, over all devices; never used twice.
    public let generation: Int64
    /// When it was stored.
    public let storedAt: WallTime
    let path: String

    init(_ row: Row) throws(StorageError) {
        device = try row.text("device")
        state = try row.blob("state")
        generation = try row.integer("generation")
        storedAt = try row.time("stored_at")
        path = row.path
    }

    /// The state as a type. Throws `StorageError.unexpectedValue` if it is another; then the device counts as unknown.
    public func decoded<State: Decodable>(as type: State.Type = StoredTold.self) throws(StorageError) -> State {
        do {
            return try JSONDecoder().decode(type, from: Data(state))
        } catch {
            throw .unexpectedValue(path: path, place: "the told state of '\(device)'", detail: "\(error)")
        }
    }
}
