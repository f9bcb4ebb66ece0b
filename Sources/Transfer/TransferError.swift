/// Why a file could not be fetched or put.
public enum TransferError: Error, Hashable, Sendable {
    /// The server answered with this status of HTTP, or reply of FTP.
    case status(TransferLocation, Int)
    /// The library's word for what went wrong on the way.
    case failed(TransferLocation, String)
    /// The server refused user and password.
    case denied(TransferLocation)
    /// The server's certificate or key is not believed; the library's word.
    case untrusted(TransferLocation, String)
    /// The file is larger than is taken, in bytes.
    case tooLarge(TransferLocation, limit: Int)
    /// The library cannot do this scheme on this machine.
    case unsupported(TransferLocation)
    /// The library that transfers files is not on this machine; its name.
    case noLibrary(String)
    /// A local file cannot be read or written: path and reason.
    case file(String, String)
    /// It was called off.
    case cancelled

    /// Whether another try may go better.
    public var isPassing: Bool {
        switch self {
        case .status(let location, let code):
            // FTP: 4yz is transient, 5yz permanent (RFC 959, 4.2); HTTP: 408, 429 and 5xx may pass.
            location.scheme.resumesBySize ? (400..<500).contains(code) : code == 408 || code == 429 || code >= 500
        case .failed: true
        case .denied, .untrusted, .tooLarge, .unsupported, .noLibrary, .file, .cancelled: false
        }
    }
}

extension TransferError: CustomStringConvertible {
    /// What happened, where, and what to do.
    public var description: String {
        switch self {
        case .status(let location, let code): "\(location): the server answered \(code)"
        case .failed(let location, let why): "\(location): \(why)"
        case .denied(let location): "\(location): the server refused user and password"
        case .untrusted(let location, let why): "\(location): the server is not believed: \(why)"
        case .tooLarge(let location, let limit): "\(location): the file is larger than \(limit) bytes, and is not taken"
        case .unsupported(let location):
            "\(location): libcurl on this machine cannot do \(location.scheme.rawValue); use another kind of server"
        case .noLibrary(let name):
            "\(name) is not on this machine, and without it no file is transferred: sudo apt-get install libcurl4"
        case .file(let path, let why): "the file \(path): \(why)"
        case .cancelled: "it was called off"
        }
    }
}
