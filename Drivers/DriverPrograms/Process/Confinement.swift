import Foundation

/// How a driver's rights and resources are limited: by small programs of util-linux that set the limits and then become
/// the driver.
public struct Confinement: Hashable, Sendable {
    /// `setpriv`: no new privileges (prctl(2), PR_SET_NO_NEW_PRIVS), and the driver ends with the host.
    public var setpriv: String?
    /// `prlimit`: limits for memory, open files, file sizes and core dumps.
    public var prlimit: String?

    /// Makes a confinement of the programs that are there.
    public init(setpriv: String? = nil, prlimit: String? = nil) {
        self.setpriv = setpriv
        self.prlimit = prlimit
    }

    /// What this machine has.
    public static let found = Confinement(setpriv: find("setpriv"), prlimit: find("prlimit"))

    /// What is limited and what is not, in words.
    public var words: [String] {
        [
            setpriv == nil
                ? "setpriv is missing (util-linux): drivers may gain privileges and outlive the host"
                : "drivers gain no privileges and end with the host (setpriv)",
            prlimit == nil
                ? "prlimit is missing (util-linux): the memory of drivers is only watched"
                : "memory, files and core dumps of drivers are limited (prlimit)",
        ]
    }

    /// What stands before the program and its arguments; memory in MiB.
    func prefix(memory: Int) -> [String] {
        var words: [String] = []
        if let setpriv { words += [setpriv, "--no-new-privs", "--pdeathsig", "KILL"] }
        if let prlimit {
            let bytes = memory * 1024 * 1024
            words += [
                prlimit, "--data=\(bytes):\(bytes)", "--nofile=256:256", "--core=0:0", "--fsize=67108864:67108864",
            ]
        }
        return words
    }

    private static func find(_ name: String) -> String? {
        ["/usr/bin/", "/bin/"].map { $0 + name }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}
