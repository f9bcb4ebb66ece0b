import Dispatch
import Foundation
import Host
import Licensing

/// Runs a site as `chargehost run` does, but for the vendor whose public key is the third argument: tests can so issue
/// licences and certificates. The program that is shipped believes the keys it was built with, and no other.
@main
enum VendorHostProgram {
    private struct Unusable: Error {
        let why: String
    }

    static func main() async {
        signal(SIGPIPE, SIG_IGN)
        signal(SIGTERM, SIG_IGN)
        let (ends, ending) = AsyncStream<Void>.makeStream()
        let source = DispatchSource.makeSignalSource(signal: SIGTERM)
        source.setEventHandler { @Sendable in ending.finish() }
        source.resume()
        do {
            let host = try await start(CommandLine.arguments)
            FileHandle.standardOutput.write(Data("ready\n".utf8))
            for await _ in ends {}
            await host.stop()
            source.cancel()
        } catch {
            FileHandle.standardError.write(Data("\(error)\n".utf8))
            exit(1)
        }
    }

    private static func start(_ words: [String]) async throws -> SiteHost {
        guard words.count == 4, let key = PublicKey(words[3]) else { throw Unusable(why: "vendorhost SITE DATA KEY") }
        guard let bytes = FileManager.default.contents(atPath: words[1]) else { throw Unusable(why: "no site file") }
        let (site, problems) = SiteReader.read(Array(bytes), file: words[1])
        guard let site else { throw Unusable(why: problems.map { $0.text(file: words[1]) }.joined(separator: "\n")) }
        let library = ProfileLibrary(site: site, installed: TrustFolder(data: words[2]).profiles)
        let list = library.ownFolder.flatMap {
            FileManager.default.contents(atPath: $0 + "/" + LicenceRules.listFile)
        }
        let own = list.flatMap { FirstPartyList(Array($0), keys: .builtIn) } ?? .empty
        let host = try await SiteHost(
            site, data: words[2], library: library,
            log: HostLog(least: .info) { FileHandle.standardError.write(Data(($0 + "\n").utf8)) },
            licensing: LicenceRules(keys: VendorKeys([key]), ownProfiles: own), trusting: .builtIn(library))
        try await host.start()
        return host
    }
}
