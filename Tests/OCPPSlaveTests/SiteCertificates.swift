import Foundation
import Network

/// Certificates that `openssl` made: an authority, this machine's, and those of two slaves.
struct SiteCertificates {
    let folder: String

    init() throws {
        folder = NSTemporaryDirectory() + "chargehost-slaves-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = [
            "-c",
            """
            set -e
            openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout authority.key \
                -out authority.pem -days 3650 -subj /CN=authority -addext basicConstraints=critical,CA:TRUE
            issue() {
                openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" -out "$1.csr" \
                    -subj "/CN=$2"
                printf 'basicConstraints=CA:FALSE\\n%s\\n' "$3" > "$1.ext"
                openssl x509 -req -in "$1.csr" -CA authority.pem -CAkey authority.key -CAcreateserial -days 3650 \
                    -out "$1.pem" -extfile "$1.ext"
            }
            issue server server subjectAltName=IP:127.0.0.1
            issue garage 'GARAGE#002' ''
            issue other BOX8 ''
            """,
        ]
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw CancellationError() }
    }

    func remove() { try? FileManager.default.removeItem(atPath: folder) }

    func bytes(_ name: String) throws -> [UInt8] {
        Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")))
    }

    func identity(_ name: String) throws -> TLSIdentity {
        TLSIdentity(certificates: try bytes(name + ".pem"), key: try bytes(name + ".key"))
    }

    func client(_ name: String? = nil) throws -> TLSClient {
        try TLSClient(
            TLSClientOptions(authorities: try bytes("authority.pem"), identity: try name.map { try identity($0) }))
    }
}
