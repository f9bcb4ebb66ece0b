import DriverAPI
import Glibc

/// The program that plays the device while a driver is checked.
final class CheckPeer {
    private let child: ChildProcess
    /// The port that it named.
    private(set) var port: String?

    init(_ manifest: DriverManifest, temporary: String) throws(ChildFailure) {
        var of = manifest
        of.program = manifest.trial?.peer ?? []
        guard let executable = of.executable else { throw ChildFailure(step: of.program.first ?? "", code: ENOENT) }
        child = try ChildProcess(
            [executable] + of.program.dropFirst(), folder: manifest.folder,
            environment: DriverEnvironment.variables(temporary: temporary))
        var splitter = LineSplitter(longest: 100)
        var chunk = [UInt8](repeating: 0, count: 1024)
        let end = SystemClock().now.advanced(by: .seconds(20))
        while port == nil, SystemClock().now < end {
            var descriptor = pollfd(fd: child.output, events: Int16(POLLIN), revents: 0)
            guard poll(&descriptor, 1, 1000) > 0 else { continue }
            let count = read(child.output, &chunk, chunk.count)
            guard count > 0 else { break }
            port = splitter.take(chunk[..<count]).first.map { String(decoding: $0, as: UTF8.self) }
        }
    }

    deinit {
        child.signal(SIGKILL)
        var status: Int32 = 0
        _ = waitpid(child.pid, &status, 0)
    }
}
