import DriverAPI
import Foundation
import Glibc

/// How a driver's rights and resources are limited: by small programs of util-linux that set the limits and then become
/// the driver, and by bubblewrap where it is installed.
public struct Confinement: Hashable, Sendable {
    /// `setpriv`: no new privileges (prctl(2), PR_SET_NO_NEW_PRIVS), none of the host's either, such as that for low ports, and
    /// the driver ends with the host.
    public var setpriv: String?
    /// `prlimit`: limits for memory, open files, file sizes and core dumps.
    public var prlimit: String?
    /// `bwrap`: files are read-only but for the private folder, the host's data are hidden, and no process stays behind.
    public var bubblewrap: String?

    /// Makes a confinement of the programs that are there.
    public init(setpriv: String? = nil, prlimit: String? = nil, bubblewrap: String? = nil) {
        self.setpriv = setpriv
        self.prlimit = prlimit
        self.bubblewrap = bubblewrap
    }

    /// What this machine has.
    public static let found = Confinement(
        setpriv: find("setpriv"), prlimit: find("prlimit"),
        bubblewrap: find("bwrap").flatMap { works($0) ? $0 : nil })

    /// What is limited and what is not, in words.
    public var words: [String] {
        [
            setpriv == nil
                ? "setpriv is missing (util-linux): drivers may gain privileges and outlive the host"
                : "drivers gain no privileges and end with the host (setpriv)",
            prlimit == nil
                ? "prlimit is missing (util-linux): the memory of drivers is only watched"
                : "memory, files and core dumps of drivers are limited (prlimit)",
            bubblewrap == nil
                ? "bubblewrap is missing or may not be used: drivers can change the files of the host's user"
                : "drivers change no files and do not see the host's data (bubblewrap)",
        ]
    }

    /// What stands before the program and its arguments. It may use the manifest's memory and write into the folder
    /// `temporary`; what is in the folder `hidden` it does not see, unless it is there itself.
    func prefix(_ manifest: DriverManifest, temporary: String, hidden: String?) -> [String] {
        var words: [String] = []
        let memory = manifest.memory
        if let setpriv { words += [setpriv, "--no-new-privs", "--ambient-caps=-all", "--pdeathsig", "KILL"] }
        if let prlimit {
            let bytes = memory * 1024 * 1024
            words += [
                prlimit, "--data=\(bytes):\(bytes)", "--nofile=256:256", "--core=0:0", "--fsize=67108864:67108864",
            ]
        }
        if let bubblewrap {
            words += [bubblewrap] + Self.walls
            if let hidden, !(manifest.folder + "/").hasPrefix(hidden + "/") { words += ["--tmpfs", hidden] }
            words += ["--bind", temporary, temporary, "--chdir", manifest.folder]
        }
        return words
    }

    /// A file system to read and devices to use; processes and what they share apart, the network as it is.
    private static let walls = [
        "--die-with-parent", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--ro-bind", "/", "/", "--dev-bind",
        "/dev",
        "/dev", "--proc", "/proc",
    ]

    /// Whether bubblewrap may do here what it is for: some systems forbid it namespaces.
    private static func works(_ bubblewrap: String) -> Bool {
        guard
            let child = try? ChildProcess(
                [bubblewrap] + walls + ["true"], folder: "/",
                environment: DriverEnvironment.variables(temporary: "/tmp"))
        else { return false }
        let end = SystemClock().now.advanced(by: .seconds(5))
        while SystemClock().now < end {
            if let ended = child.end() { return ended == "it ended with status 0" }
            usleep(2000)
        }
        child.signal(SIGKILL)
        var status: Int32 = 0
        _ = waitpid(child.pid, &status, 0)
        return false
    }

    private static func find(_ name: String) -> String? {
        ["/usr/bin/", "/bin/"].map { $0 + name }.first { FileManager.default.isExecutableFile(atPath: $0) }
    }
}
