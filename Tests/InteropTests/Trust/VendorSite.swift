import Foundation
import Host
import Licensing
import Testing
import VendorKit

/// A host in a process of its own that believes the vendor of the tests.
final class VendorSite {
    let vendor: TestVendor
    let folder: Folder
    let host: Peer
    let client: ControlClient
    private var simulator: Peer?

    /// A host on a site file.
    init(_ text: String) async throws {
        vendor = try TestVendor()
        folder = try Folder()
        let site = folder.path + "/site.yaml"
        try text.write(toFile: site, atomically: true, encoding: .utf8)
        let data = folder.path + "/data"
        host = try Peer(Programs.beside("vendorhost"), [site, data, vendor.key.publicKey.description])
        client = ControlClient(folder: data)
        try await host.line { $0 == "ready" }
    }

    /// A host with `boxes` simulated Heidelberg boxes with cars that charge, below a fuse of `limit` A.
    convenience init(boxes: Int, limit: Int) async throws {
        var arguments = ["simulate", "--json"]
        for _ in 0..<boxes {
            arguments += ["--profile", "heidelberg.energy-control@charging", "--listen", "127.0.0.1:0"]
        }
        let simulator = try Programs.chargehost(arguments)
        try await simulator.line(from: boxes - 1) { $0.hasPrefix("{") }
        let entries = try simulator.lines.prefix(boxes).enumerated().map { place, line in
            let address = try #require(line.firstMatch(of: #/127\.0\.0\.1:\d+/#)?.output)
            return "  - {id: box\(place), profile: heidelberg.energy-control, address: \"\(address)\", "
                + "unattended: accepted}"
        }
        try await self.init(
            """
            schema: site/1
            name: Vendor
            supply: {limit: \(limit) A}
            devices:
            \(entries.joined(separator: "\n"))
            """)
        self.simulator = simulator
    }

    /// The folder goes first, and a host in it would write on.
    deinit { host.finish() }

    var data: String { folder.path + "/data" }

    /// The first status for which `condition` holds; throws after two minutes, or when the host ends first.
    @discardableResult
    func status(where condition: (SiteStatus) -> Bool) async throws -> SiteStatus {
        var last = "none"
        for _ in 0..<1200 {
            if let answer = try? await client.send(ControlRequest(method: "GET", path: "/api/v1/site")),
                answer.status == 200
            {
                last = String(decoding: answer.body, as: UTF8.self)
                let status = try JSONDecoder().decode(SiteStatus.self, from: Data(answer.body))
                if condition(status) { return status }
            }
            if !host.process.isRunning { break }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw Peer.Failure(description: "the status never came; last: \(last)\n\(host.errorText)")
    }

    /// What `chargehost licence install` says of these bytes.
    func install(_ bytes: [UInt8]) async throws -> (status: Int32, output: String, errors: String) {
        let file = folder.path + "/new.licence"
        try Data(bytes).write(to: URL(fileURLWithPath: file))
        return try await Programs.run(["licence", "install", file, "--data", data, "--json"])
    }

    func document() async throws -> LicenceDocument {
        let answer = try await client.send(ControlRequest(method: "GET", path: "/api/v1/licence"))
        return try JSONDecoder().decode(LicenceDocument.self, from: Data(answer.body))
    }

    /// Waits until the reason of a box contains `words`, and says what it may.
    func admission(of box: String, _ words: String) async throws -> LicenceDocument.Box {
        var last = "none"
        for _ in 0..<600 {
            if let box = try? await document().boxes[box] {
                if box.reason.contains(words) { return box }
                last = box.reason
            }
            if !host.process.isRunning { break }
            try await Task.sleep(for: .milliseconds(100))
        }
        throw Peer.Failure(description: "\(box) is never said to be '\(words)', but: \(last)\n\(host.errorText)")
    }

    /// Where slaves connect, or a device is shown: the log names it.
    func port(_ words: String) async throws -> Int {
        for _ in 0..<6000 {
            for line in host.errorText.components(separatedBy: "\n") where line.contains(words) {
                guard let found = line.firstMatch(of: #/127\.0\.0\.1:(\d+)/#) else { continue }
                return try #require(Int(found.output.1))
            }
            if !host.process.isRunning { break }
            try await Task.sleep(for: .milliseconds(10))
        }
        throw Peer.Failure(description: "no line says \(words):\n\(host.errorText)")
    }

    func file(
        _ points: Int, id: String = "2026-1", host: PublicKey? = nil, issued: Int = 0, ends: Int? = nil,
        by key: SigningKey? = nil
    ) -> [UInt8] {
        let now = Day(seconds: Int64(Date().timeIntervalSince1970))
        let licence = Licence(
            id: id, licensee: "Garage", chargePoints: points, host: host, issued: now.advanced(by: issued),
            ends: ends.map { now.advanced(by: $0) })
        return Array(LicenceFile.text(licence, signedBy: key ?? vendor.key).utf8)
    }

    func end() async throws {
        #expect(try await host.stop() == 0)
        try await simulator?.stop(SIGKILL)
    }
}
