import CSpawn
import Glibc

/// A process that was started with three pipes; its descriptors are closed with it.
///
/// Used on one thread only, the one that started it: `setpriv` ends the process with that thread.
final class ChildProcess {
    let pid: pid_t
    /// Our ends of its standard input, output and error, all non-blocking and closed on exec; -1 once closed.
    private(set) var input: Int32
    private(set) var output: Int32
    private(set) var error: Int32
    /// Readable once it has ended; -1 on a Linux before 5.3, where the end of standard output tells.
    let ending: Int32
    /// Whether it is bubblewrap, which ends with 128 and the number of the signal that ended what is in it.
    private let isWrapped: Bool

    /// Starts `words[0]` with the rest as arguments, without a shell, as the leader of a group of its own.
    init(
        _ words: [String], folder: String, environment: [String], isWrapped: Bool = false
    ) throws(ChildFailure) {
        self.isWrapped = isWrapped
        var pipes: [(read: Int32, write: Int32)] = []
        func closePipes() {
            for pipe in pipes {
                close(pipe.read)
                close(pipe.write)
            }
        }
        for _ in 0..<3 {
            var ends: [Int32] = [-1, -1]
            guard pipe2(&ends, O_CLOEXEC) == 0 else {
                closePipes()
                throw ChildFailure(step: "pipe", code: errno)
            }
            pipes.append((ends[0], ends[1]))
        }
        var actions = posix_spawn_file_actions_t()
        posix_spawn_file_actions_init(&actions)
        defer { posix_spawn_file_actions_destroy(&actions) }
        posix_spawn_file_actions_adddup2(&actions, pipes[0].read, STDIN_FILENO)
        posix_spawn_file_actions_adddup2(&actions, pipes[1].write, STDOUT_FILENO)
        posix_spawn_file_actions_adddup2(&actions, pipes[2].write, STDERR_FILENO)
        posix_spawn_file_actions_addclosefrom_np(&actions, 3)
        posix_spawn_file_actions_addchdir_np(&actions, folder)
        var attributes = posix_spawnattr_t()
        posix_spawnattr_init(&attributes)
        defer { posix_spawnattr_destroy(&attributes) }
        var none = sigset_t()
        var all = sigset_t()
        sigemptyset(&none)
        sigfillset(&all)
        posix_spawnattr_setsigmask(&attributes, &none)
        posix_spawnattr_setsigdefault(&attributes, &all)
        posix_spawnattr_setpgroup(&attributes, 0)
        posix_spawnattr_setflags(
            &attributes,
            Int16(POSIX_SPAWN_SETPGROUP) | Int16(POSIX_SPAWN_SETSIGMASK) | Int16(POSIX_SPAWN_SETSIGDEF))
        var child: pid_t = 0
        let code = Self.withPointers(words) { arguments in
            Self.withPointers(environment) { variables in
                posix_spawn(&child, words[0], &actions, &attributes, arguments, variables)
            }
        }
        guard code == 0 else {
            closePipes()
            throw ChildFailure(step: words[0], code: code)
        }
        close(pipes[0].read)
        close(pipes[1].write)
        close(pipes[2].write)
        pid = child
        (input, output, error) = (pipes[0].write, pipes[1].read, pipes[2].read)
        for descriptor in [input, output, error] { _ = fcntl(descriptor, F_SETFL, O_NONBLOCK) }
        ending = spawn_pidfd_open(child)
    }

    /// Closes its standard input, by which a driver knows that it is to end.
    func closeInput() {
        if input >= 0 { close(input) }
        input = -1
    }

    /// Closes our end of its standard output once it has none.
    func closeOutput() {
        if output >= 0 { close(output) }
        output = -1
    }

    /// Closes our end of its standard error once it has none.
    func closeError() {
        if error >= 0 { close(error) }
        error = -1
    }

    /// Sends a signal to it and all it started.
    func signal(_ number: Int32) { _ = kill(-pid, number) }

    /// How it ended, in words; nil while it runs.
    func end() -> String? {
        var status: Int32 = 0
        guard waitpid(pid, &status, WNOHANG) == pid else { return nil }
        var signal = status & 0x7f
        let code = (status >> 8) & 0xff
        if isWrapped, signal == 0, (129...192).contains(code) { signal = code - 128 }
        if signal == 0 { return "it ended with status \(code)" }
        return "it was ended by signal \(signal) (\(String(cString: strsignal(signal))))"
    }

    deinit {
        closeInput()
        closeOutput()
        closeError()
        if ending >= 0 { close(ending) }
    }

    private static func withPointers<Result>(
        _ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result
    ) -> Result {
        let copies = texts.map { strdup($0) }
        defer { for copy in copies { free(copy) } }
        return body(copies + [nil])
    }
}

/// Why a process could not be started.
struct ChildFailure: Error, CustomStringConvertible {
    let step: String
    let code: Int32

    var description: String { "it cannot be started: \(step): \(String(cString: strerror(code)))" }
}
