import DriverAPI

extension DriverProcess {
    /// The answer to a question of the driver, which can only be about the store of one of its devices.
    func storeAnswer(_ method: String, _ params: JSON) async throws(RPCFailure) -> JSON {
        guard method == "store.get" || method == "store.set" else { throw .unknownMethod(method) }
        let (context, key, value): (DriverContext, String, String?)
        do throws(WireFault) {
            let fields = try WireFields(params, at: "params")
            let device = try fields.neededText("device")
            guard let found = state.withLock({ $0.slots[device]?.context }) else {
                throw .wrong("params.device", expected: "a device that is open", found: JSON.string(device).kind)
            }
            (context, key, value) = (found, try fields.neededText("key"), try fields.text("value"))
            guard (1...64).contains(key.utf8.count) else {
                throw .wrong("params.key", expected: "1 to 64 bytes", found: "\(key.utf8.count) bytes")
            }
            guard value?.utf8.count ?? 0 <= 4096 else {
                throw .wrong("params.value", expected: "at most 4096 bytes", found: "\(value?.utf8.count ?? 0) bytes")
            }
        } catch {
            throw .badParameters(error)
        }
        if method == "store.get" {
            return ["value": await context.store.value(key).map(JSON.string) ?? .null]
        }
        do throws(DriverError) {
            try await context.store.set(key, to: value)
        } catch {
            throw RPCFailure(error)
        }
        return [:]
    }
}
