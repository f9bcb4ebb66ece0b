import DriverAPI

/// One run through the rules.
final class CheckRun {
    let manifest: DriverManifest
    let conversation: Conversation
    let port: String?
    var outcomes: [DriverRule: (DriverVerdict.Outcome, String)] = [:]
    var description: DeviceDescription?
    /// The interval in which the driver wants to be asked, in s.
    var interval: Exact?

    init(_ manifest: DriverManifest, _ conversation: Conversation, port: String?) {
        self.manifest = manifest
        self.conversation = conversation
        self.port = port
    }

    func all() {
        pass(.manifest)
        guard describes() else { return }
        unknownMethod()
        survivesGarbage()
        ignoresMembers()
        if manifest.trial == nil {
            for rule in Self.rulesOfDevices { skip(rule, "the manifest has no check") }
        } else {
            unreachableAddress()
            if opens() {
                readings()
                reads()
                refusesNonsense()
                charge()
                severalDevices()
                closes()
            }
        }
        ends()
        expect(.onlyMessages, conversation.faults.isEmpty, conversation.faults.first ?? "")
    }

    static let rulesOfDevices: [DriverRule] = [
        .unreachable, .opens, .readings, .units, .reads, .refusesNonsense, .charge, .stop, .severalDevices, .closes,
        .opensAgain,
    ]

    func pass(_ rule: DriverRule) { outcomes[rule] = (.passed, "") }
    func fail(_ rule: DriverRule, _ reason: String) { outcomes[rule] = (.failed, reason) }
    func skip(_ rule: DriverRule, _ reason: String) { outcomes[rule] = (.skipped, reason) }

    func expect(_ rule: DriverRule, _ isKept: Bool, _ reason: @autoclosure () -> String) {
        if isKept { pass(rule) } else { fail(rule, reason()) }
    }

    /// What an answer says, for people.
    func words(_ answer: Result<JSON, RPCFailure>?) -> String {
        switch answer {
        case .success(let json): "the result \(json)"
        case .failure(let failure): "error \(failure.code): \(failure.message)"
        case nil: conversation.hasEnded ? "it ended" + complaint : "no answer"
        }
    }

    private var complaint: String {
        conversation.complaints.last.map { "; the last line of its standard error: \($0)" } ?? ""
    }

    private func describes() -> Bool {
        let answer = conversation.ask("describe", ["api": 1, "host": "chargehost check"])
        guard let answer else {
            fail(.describes, words(nil))
            return false
        }
        if let wrong = ProgramLife.objection(to: answer, manifest) {
            fail(.describes, wrong)
            return false
        }
        pass(.describes)
        return true
    }

    private func unknownMethod() {
        let answer = conversation.ask("no.such.method", [:])
        if case .failure(let failure) = answer, failure.code == -32601 { return pass(.unknownMethod) }
        fail(.unknownMethod, "\(words(answer)) instead of error -32601")
    }

    private func survivesGarbage() {
        for line in ["this is no JSON", "[]", "{\"jsonrpc\":\"2.0\",\"id\":null,\"method\":7}", ""] {
            conversation.send(Array(line.utf8) + [0x0a])
        }
        let answer = conversation.ask("ping", [:])
        if case .success = answer {
            pass(.garbage)
        } else {
            fail(.garbage, "after four such lines, ping: \(words(answer))")
        }
    }

    private func ignoresMembers() {
        let answer = conversation.ask("ping", ["newer": ["than": "this"]])
        if case .success = answer { pass(.unknownMembers) } else { fail(.unknownMembers, words(answer)) }
    }

    private func ends() {
        let ended = conversation.finish(within: .seconds(2))
        expect(.ends, ended == "it ended with status 0", ended ?? "it goes on")
    }

    /// The parameters of `open` for the device of the manifest under an id.
    func device(_ id: String, address: String? = nil) -> JSON {
        guard let trial = manifest.trial else { return [:] }
        let written = (address ?? trial.address).split(separator: "{port}", omittingEmptySubsequences: false)
        let options = (try? manifest.options(trial.options)) ?? trial.options
        return DeviceConfiguration(
            id: id, profile: trial.profile, address: written.joined(separator: port ?? ""), options: options
        ).json
    }
}
