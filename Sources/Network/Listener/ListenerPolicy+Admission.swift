extension ListenerPolicy {
    /// Checks a head against the policy, and what it says about an upgrade against RFC 6455, 4.2.1.
    ///
    /// The host comes first: who named the wrong one learns nothing else.
    func admit(_ head: RequestHead, local: PeerAddress, peer: PeerAddress, isSecure: Bool = false) throws(Refusal)
        -> WebSocketOffer?
    {
        let standard: UInt16 = isSecure ? 443 : 80
        guard hosts.allows(head.authority, local: local, peer: peer, standardPort: standard) else {
            throw Refusal(
                .misdirectedRequest,
                "This server does not answer for the host in the request. Use its address, or add the name to its "
                    + "allowed hosts.")
        }
        guard methods.contains(head.method) else {
            let allowed = methods.map(\.rawValue).sorted().joined(separator: ", ")
            throw Refusal(.methodNotAllowed, "Only these are taken here: \(allowed).", headers: ["Allow": allowed])
        }
        guard head.contentLength <= maximumBody else {
            throw Refusal(.contentTooLarge, "The body is longer than \(maximumBody) bytes.")
        }
        let wantsUpgrade = head.headers.list("Upgrade").contains { Text.lower($0) == "websocket" }
        if wantsUpgrade || !head.method.isSafe {
            guard origins.allows(head.headers.values("Origin"), host: head.authority) else {
                throw Refusal(.forbidden, "Pages of this origin may not do that here.")
            }
        }
        return wantsUpgrade ? try WebSocketHandshake.offer(head) : nil
    }
}
