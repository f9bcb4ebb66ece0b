import Foundation
import Host
import ProfileTrust

/// The data folder of a command about the trust in profiles, and what lies in it.
struct TrustChoice {
    static let help = "--data DIR   the data folder of the host; default as for run"

    let folder: TrustFolder
    let library: ProfileLibrary
    let rules: TrustRules

    /// The folder that the arguments or the machine tell. Throws ``UsageError``.
    init(_ arguments: Arguments) throws {
        folder = TrustFolder(data: try DataFolderChoice.folder(arguments))
        library = ProfileLibrary(installed: folder.profiles)
        rules = .builtIn(library)
    }

    var installer: ProfileInstaller { ProfileInstaller(folder, library: library, rules: rules) }

    /// Lets the host that runs on the folder take everything up at once; says so where none does.
    func tellHost() async {
        guard DataFolder.isLocked(folder.data), let host = try? HostQuestion(data: folder.data) else { return }
        do throws(HostQuestion.Failure) {
            _ = try await host.ask("POST", "/api/v1/profiles/refresh")
        } catch {
            Console.error("the running host did not take it up at once: \(error); it does within a minute")
        }
    }
}

extension CommandFailure {
    /// The status that goes with a problem of trust.
    init(_ problem: TrustProblem) {
        switch problem {
        case .index: self.init(.refused, problem.description)
        case .notFetched: self.init(.noAnswer, problem.description)
        case .noIndex, .indexExists, .name, .key: self.init(.usage, problem.description)
        case .notStored, .damaged: self.init(.fallsShort, problem.description)
        }
    }

    /// The status that goes with why a profile is not installed.
    init(_ problem: InstallProblem) {
        switch problem {
        case .trust(let problem): self.init(problem)
        case .errors, .tests, .conflicts: self.init(.fallsShort, problem.description)
        case .otherBytes, .withdrawn, .pinned, .major: self.init(.refused, problem.description)
        case .unknown, .notInstalled: self.init(.usage, problem.description)
        }
    }
}
