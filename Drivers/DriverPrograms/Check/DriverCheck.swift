import DriverAPI

/// Tries a driver against every rule of the protocol, with the device that its manifest has for that.
public struct DriverCheck: Sendable {
    private let folder: String
    private let confinement: Confinement

    /// A check of the driver in a folder.
    public init(_ folder: String, confinement: Confinement = .found) {
        self.folder = folder
        self.confinement = confinement
    }

    /// Runs it; one verdict for every rule, in their order. Takes some seconds, with a driver that hangs a minute or two.
    public func run() async -> [DriverVerdict] { await recorded().verdicts }

    /// Runs it and keeps what was said.
    public func recorded() async -> (verdicts: [DriverVerdict], tape: Tape) {
        let result = await DetachedThread.value(named: "driver check") { verdicts() }
        return result
            ?? (
                DriverRule.allCases.map {
                    DriverVerdict(rule: $0, outcome: .skipped, reason: "there can be no further thread")
                }, Tape()
            )
    }

    private func verdicts() -> ([DriverVerdict], Tape) {
        let found = DriverFolder(folder)
        guard found.manifest != nil else {
            return (
                complete([.manifest: (.failed, found.problems.joined(separator: "\n"))], "the manifest is wrong"),
                Tape()
            )
        }
        do throws(TrialFailure) {
            let bench = try TrialBench(folder, confinement: confinement)
            let run = CheckRun(bench.manifest, bench.conversation, port: bench.port)
            run.all()
            return (complete(run.outcomes, "an earlier rule is broken"), bench.tape)
        } catch {
            return (complete([.describes: (.failed, error.description)], "it cannot be started"), Tape())
        }
    }

    private func complete(
        _ outcomes: [DriverRule: (DriverVerdict.Outcome, String)], _ otherwise: String
    ) -> [DriverVerdict] {
        DriverRule.allCases.map { rule in
            let (outcome, reason) = outcomes[rule] ?? (.skipped, otherwise)
            return DriverVerdict(rule: rule, outcome: outcome, reason: reason)
        }
    }
}
