/// Statements on the queues themselves.
enum QueueTable {
    /// The number of a backend's queue, made when it is new.
    static func id(of backend: Backend, _ connection: Connection) throws(StorageError) -> Int64 {
        let names: [SQLValue] = [.text(backend.url), .text(backend.chargePoint)]
        let rows = try connection.query("SELECT id FROM ocpp_queues WHERE backend = ? AND charge_point = ?", names)
        if let row = rows.first { return try row.integer("id") }
        try connection.execute("INSERT INTO ocpp_queues (backend, charge_point) VALUES (?, ?)", names)
        return connection.lastInsertedID
    }

    /// How many messages a queue has, the undelivered too.
    static func messages(_ id: Int64, _ connection: Connection) throws(StorageError) -> Int {
        let rows = try connection.query("SELECT messages FROM ocpp_queues WHERE id = ?", [.integer(id)])
        return Int(try rows.first?.integer("messages") ?? 0)
    }

    /// Why a queue takes no further session; nil when it does.
    static func refusal(
        _ id: Int64, _ backend: Backend, _ limits: QueueLimits, _ connection: Connection
    ) throws(StorageError) -> SessionRefusal? {
        let messages = try messages(id, connection)
        return messages >= 2 * limits.messages ? .queueFull(backend, messages: messages) : nil
    }
}
