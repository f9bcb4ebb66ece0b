/// A bound socket on its way to the loop.
struct ListenerSource {
    let id: UInt64
    let descriptor: Int32
    let address: ListenAddress
    let policy: ListenerPolicy
    let tls: TLSServer?
    let service: ListenerService
}
