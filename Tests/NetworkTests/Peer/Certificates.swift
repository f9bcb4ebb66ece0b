import Foundation
import Network

/// Certificates that `openssl` made for these tests, once for all of them.
struct Certificates: Sendable {
    /// A certificate with its key, in PEM.
    struct Pair: Sendable {
        let certificate: [UInt8]
        let key: [UInt8]
    }

    let authority: [UInt8]
    /// For 127.0.0.1 and `csms.test`.
    let server: Pair
    /// The same, made later.
    let renewed: Pair
    /// For `other.test` only.
    let otherHost: Pair
    /// Of the same authority, but no longer valid.
    let expired: Pair
    /// Not valid before 2050.
    let early: Pair
    /// Of an authority of its own.
    let foreign: Pair
    /// Its own authority, for 127.0.0.1.
    let selfSigned: Pair
    /// A client's, with the common name SITE#002.
    let client: Pair
    /// A client's of the foreign authority.
    let foreignClient: Pair
    let foreignAuthority: [UInt8]

    private static let made = Task { await Blocking.run { try? Certificates() } }

    /// Nil where `openssl` is missing. Made on a thread of its own: making them takes long on a busy machine.
    static var shared: Certificates? { get async { await made.value } }

    private init() throws {
        let folder = NSTemporaryDirectory() + "chargehost-certificates-" + UUID().uuidString
        try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: folder) }
        try Certificates.run(folder)
        func bytes(_ name: String) throws -> [UInt8] {
            Array(try Data(contentsOf: URL(fileURLWithPath: "\(folder)/\(name)")))
        }
        func pair(_ name: String) throws -> Pair {
            Pair(certificate: try bytes("\(name).pem"), key: try bytes("\(name).key"))
        }
        authority = try bytes("authority.pem")
        foreignAuthority = try bytes("foreign-authority.pem")
        server = try pair("server")
        renewed = try pair("renewed")
        otherHost = try pair("other")
        expired = try pair("expired")
        early = try pair("early")
        foreign = try pair("foreign")
        selfSigned = try pair("self")
        client = try pair("client")
        foreignClient = try pair("foreign-client")
    }

    private static let script = """
        set -e
        authority() {
            openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" -out "$1.pem" \
                -days 3650 -subj "/CN=$1" -addext basicConstraints=critical,CA:TRUE
        }
        issue() {
            mkdir -p "$1.d"; : > "$1.d/index"; echo 01 > "$1.d/serial"
            openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" -out "$1.csr" -subj "/CN=$3"
            printf '[ca]\\ndefault_ca=c\\n[c]\\nnew_certs_dir=%s\\ndatabase=%s/index\\nserial=%s/serial\\n' \
                "$1.d" "$1.d" "$1.d" > "$1.conf"
            printf 'default_md=sha256\\npolicy=p\\nx509_extensions=e\\n[p]\\ncommonName=supplied\\n[e]\\n' >> "$1.conf"
            printf 'basicConstraints=CA:FALSE\\n' >> "$1.conf"
            [ -z "$4" ] || printf 'subjectAltName=%s\\n' "$4" >> "$1.conf"
            openssl ca -batch -config "$1.conf" -cert "$2.pem" -keyfile "$2.key" -in "$1.csr" -out "$1.pem" -notext \
                -startdate "$5" -enddate "$6"
        }
        authority authority
        authority foreign-authority
        names=IP:127.0.0.1,DNS:csms.test
        issue server authority server "$names" 20200101000000Z 20991231000000Z
        issue renewed authority renewed "$names" 20200101000000Z 20991231000000Z
        issue other authority other DNS:other.test 20200101000000Z 20991231000000Z
        issue expired authority expired "$names" 20200101000000Z 20210101000000Z
        issue early authority early "$names" 20900101000000Z 20991231000000Z
        issue foreign foreign-authority foreign "$names" 20200101000000Z 20991231000000Z
        issue client authority 'SITE#002' "" 20200101000000Z 20991231000000Z
        issue foreign-client foreign-authority 'SITE#002' "" 20200101000000Z 20991231000000Z
        openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout self.key -out self.pem -days 3650 \
            -subj /CN=self -addext "subjectAltName=$names"
        """

    /// What `openssl s_client` says of a server when it may speak one version only.
    static func openssl(_ port: UInt16, _ version: String) async -> String {
        await Blocking.run {
            let process = Process()
            let output = Pipe()
            process.executableURL = URL(fileURLWithPath: "/bin/sh")
            process.arguments = [
                "-c",
                "openssl s_client -connect 127.0.0.1:\(port) \(version) -cipher DEFAULT@SECLEVEL=0 </dev/null 2>&1",
            ]
            process.standardOutput = output
            defer { try? output.fileHandleForReading.close() }
            guard (try? process.run()) != nil else { return "" }
            let text = String(decoding: output.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
            process.waitUntilExit()
            return text
        }
    }

    private static func run(_ folder: String) throws {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/bin/sh")
        process.arguments = ["-c", script]
        process.currentDirectoryURL = URL(fileURLWithPath: folder)
        process.standardOutput = FileHandle.nullDevice
        process.standardError = FileHandle.nullDevice
        try process.run()
        process.waitUntilExit()
        guard process.terminationStatus == 0 else { throw RawError.malformed("openssl made no certificates") }
    }
}

extension Certificates.Pair {
    var identity: TLSIdentity { TLSIdentity(certificates: certificate, key: key) }
}
