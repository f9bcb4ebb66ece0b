import Network
import OCPP
import YAML

/// Reads `ocpp`.
enum SiteOCPPReader {
    static func read(_ value: Node, _ problems: SiteProblems) -> SiteOCPP? {
        guard let node = SiteNode(value, path: "ocpp", problems) else { return nil }
        let ocpp = SiteOCPP(
            backend: node.value("backend").flatMap { backend($0, problems) },
            slaves: node.value("slaves").flatMap { slaves($0, problems) },
            firmware: node.value("firmware").flatMap { firmware($0, problems) })
        node.finish()
        return ocpp
    }

    private static func backend(_ value: Node, _ problems: SiteProblems) -> SiteBackend? {
        guard let node = SiteNode(value, path: "ocpp.backend", problems) else { return nil }
        defer { node.finish() }
        refuseSecrets(node)
        let url = node.required("url", node.text)
        let id = node.required("id", node.text)
        let profile = profile(node)
        let authorities = node.text("ca")
        let identity = identity(node)
        let limit = node.integer("queue", 100...10_000_000) ?? SiteBackend.defaultQueueLimit
        let tag = node.text("free_charging_tag") ?? SiteBackend.defaultFreeChargingTag
        if !(1...20).contains(tag.count) || !tag.allSatisfy({ $0.isASCII && !$0.isWhitespace }) {
            node.problem(
                .wrongKind, "free_charging_tag", "\"\(tag)\" is no tag; it has 1 to 20 visible ASCII characters")
        }
        guard let url, let id else { return nil }
        if ChargePointID(id) == nil {
            node.problem(
                .address, "id",
                "\"\(id)\" is no ChargePointID; it has 1 to 48 visible ASCII characters without /, ? and :")
        }
        guard let target = target(url, id, node) else { return nil }
        return SiteBackend(
            url: url, id: id, securityProfile: checked(profile, target, node), authorities: authorities,
            identity: identity, queueLimit: limit, freeChargingTag: tag, mark: value.mark)
    }

    private static func target(_ url: String, _ id: String, _ node: SiteNode) -> BackendTarget? {
        do throws(ConnectError) {
            return try BackendTarget(url, id: id)
        } catch {
            node.problem(
                .address, "url",
                StreamTarget.isMeant(by: url)
                    ? "\(error); write tcp://192.168.125.124:1600 for a master with the binary framing"
                    : "\(error); write wss://csms.example/ocpp, the id is put behind it")
            return nil
        }
    }

    /// The profile that goes with the scheme of the URL.
    private static func checked(
        _ profile: SecurityProfile?, _ target: BackendTarget, _ node: SiteNode
    ) -> SecurityProfile {
        guard let profile else { return target.isSecure ? .tls : .password }
        if profile.isSecure != target.isSecure {
            let isJSON = if case .json = target { true } else { false }
            let (plain, secure) = isJSON ? ("ws", "wss") : ("tcp", "tls")
            node.problem(
                .security, "security_profile",
                target.isSecure
                    ? "the url is \(secure)://, which goes with security_profile 2 or 3, not \(profile.rawValue)"
                    : "the url is \(plain)://, which goes with security_profile 0 or 1; write \(secure):// for "
                        + "\(profile.rawValue)"
            )
        }
        return profile
    }

    private static func firmware(_ value: Node, _ problems: SiteProblems) -> SiteFirmware? {
        guard let node = SiteNode(value, path: "ocpp.firmware", problems) else { return nil }
        defer { node.finish() }
        let command = node.texts("command")
        let root = node.text("root")
        if command.isEmpty || !(command.first?.hasPrefix("/") ?? false) {
            node.problem(
                .missing, "command",
                "command is the program that installs a firmware, with its whole path; write command: [/usr/bin/rauc, "
                    + "install], the file's path is put behind it")
        }
        return SiteFirmware(command: command, root: root, mark: value.mark)
    }

    private static func slaves(_ value: Node, _ problems: SiteProblems) -> SiteSlaves? {
        guard let node = SiteNode(value, path: "ocpp.slaves", problems) else { return nil }
        defer { node.finish() }
        refuseSecrets(node)
        let slaves = SiteSlaves(
            json: address("json", 19520, node), binary: address("binary", 1600, node),
            securityProfile: profile(node) ?? .password, identity: identity(node), authorities: node.text("ca"),
            pairing: node.member("pairing", SiteSlaves.Pairing.self) ?? .closed, mark: value.mark)
        if node.value("json") == nil, node.value("binary") == nil {
            node.problem(
                .missing, "json",
                "says nowhere to listen; write json: 0.0.0.0:19520 for boxes, binary: 0.0.0.0:1600 for slaves, or both")
        }
        if slaves.securityProfile.isSecure, slaves.identity == nil {
            node.problem(
                .security, "security_profile",
                "security_profile \(slaves.securityProfile.rawValue) is TLS and needs certificate and key of this host")
        }
        if slaves.securityProfile == .certificates, slaves.authorities == nil {
            node.problem(
                .security, "security_profile",
                "security_profile 3 needs ca, the authorities of the slaves' certificates")
        }
        return slaves
    }

    private static func address(_ key: String, _ port: Int, _ node: SiteNode) -> ListenAddress? {
        guard let text = node.text(key) else { return nil }
        if let address = HTTPPlan.address(text) { return address }
        node.problem(
            .address, key,
            "\"\(text)\" is no address to listen on; write figures and a port, such as 0.0.0.0:\(port)")
        return nil
    }

    private static func profile(_ node: SiteNode) -> SecurityProfile? {
        node.integer("security_profile", 0...3).flatMap(SecurityProfile.init(rawValue:))
    }

    private static func identity(_ node: SiteNode) -> SiteIdentity? {
        let certificate = node.text("certificate")
        let key = node.text("key")
        if let certificate, let key { return SiteIdentity(certificate: certificate, key: key) }
        if certificate != nil || key != nil {
            node.problem(
                .missing, certificate == nil ? "key" : "certificate", "certificate and key belong together; give both")
        }
        return nil
    }

    /// A password in the site file would be read by whoever sees the file.
    private static func refuseSecrets(_ node: SiteNode) {
        for key in ["password", "authorization_key", "AuthorizationKey"] where node.value(key) != nil {
            node.problem(
                .security, key, "a password does not belong in the site file; set it with 'chargehost ocpp secret set'")
        }
    }
}
