import Foundation

/// A manufacturer's root, certificates it has issued, and signatures made with them by `openssl`.
final class SigningKeys: Sendable {
    private let folder: String

    init() throws {
        folder = NSTemporaryDirectory() + "chargehost-keys-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        try run(
            """
            root() { openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout $1.key -out $1.pem \
                -days 3650 -subj /CN=$1 -addext basicConstraints=critical,CA:TRUE; }
            issue() { openssl req -newkey $2 -nodes -keyout $1.key -out $1.csr -subj /CN=$1 $3
                printf 'subjectAltName=IP:127.0.0.1\\n' > ext
                openssl x509 -req -in $1.csr -CA $4.pem -CAkey $4.key -CAcreateserial -out $1.pem -days 3650 -extfile ext; }
            root root; root other
            issue server ec '-pkeyopt ec_paramgen_curve:P-256' root
            issue curve ec '-pkeyopt ec_paramgen_curve:P-256' root
            issue rsa rsa:2048 '' root
            issue weak rsa:1024 '' root
            issue foreign ec '-pkeyopt ec_paramgen_curve:P-256' other
            printf 'the firmware' > firmware; printf 'another one' > changed
            for name in curve rsa weak foreign; do
                openssl dgst -sha256 -sign $name.key -out $name.sig firmware
            done
            """)
    }

    deinit { try? FileManager.default.removeItem(atPath: folder) }

    func path(_ name: String) -> String { folder + "/" + name }

    func text(_ name: String) throws -> String { try String(contentsOfFile: path(name), encoding: .utf8) }

    func bytes(_ name: String) throws -> [UInt8] { Array(try Data(contentsOf: URL(filePath: path(name)))) }

    /// A signature in Base64.
    func signature(_ name: String) throws -> String { Data(try bytes(name + ".sig")).base64EncodedString() }

    private func run(_ script: String) throws {
        let process = Process()
        process.executableURL = URL(filePath: "/bin/bash")
        process.arguments = ["-ec", script]
        process.currentDirectoryURL = URL(filePath: folder)
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw FileServer.Failure(description: "openssl failed") }
    }
}
