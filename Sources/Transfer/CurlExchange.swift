import CCurl
import Foundation

/// One transfer of libcurl: it blocks its thread until it has ended, and can be called off from any other.
final class CurlExchange: Sendable {
    /// What the callbacks of one transfer share; only its thread touches it.
    final class Work {
        let file: Int32
        let isUpload: Bool
        let limit: Int
        /// Bytes of the file that are there already or went out.
        var count: Int
        var isTooLarge = false
        var fileError: Int32 = 0
        /// The ETag by which the file can be gone on with.
        var validator: String?
        /// The ETag, be it a weak one.
        var tag: String?
        /// The status of the last answer of HTTP; 0 without one.
        var status = 0
        let isCancelled: () -> Bool
        let progress: (Int, Int?) -> Void

        init(
            file: Int32, isUpload: Bool, limit: Int, count: Int, isCancelled: @escaping () -> Bool,
            progress: @escaping (Int, Int?) -> Void
        ) {
            self.file = file
            self.isUpload = isUpload
            self.limit = limit
            self.count = count
            self.isCancelled = isCancelled
            self.progress = progress
        }
    }

    private let location: TransferLocation
    private let rules: TransferRules

    init(_ location: TransferLocation, _ rules: TransferRules) {
        self.location = location
        self.rules = rules
    }

    /// Whether the library on this machine can do a scheme.
    static func supports(_ scheme: TransferLocation.Scheme) -> Bool {
        CurlLibrary.shared?.schemes.contains(scheme.rawValue) ?? false
    }

    /// Runs the transfer. `offset` bytes are there already, of the file that `validator` names (an ETag); nothing is fetched
    /// where the file is the one of the ETag `tag`.
    func run(
        _ work: Work, offset: Int = 0, size: Int = 0, validator: String? = nil, unless tag: String? = nil
    ) throws(TransferError) {
        guard let library = CurlLibrary.shared else { throw .noLibrary(CurlLibrary.name) }
        guard Self.supports(location.scheme), let handle = ch_curl_start(library.start.address) else {
            throw .unsupported(location)
        }
        defer { ch_curl_end(library.end.address, handle) }
        let set = library.set.address
        var message = [CChar](repeating: 0, count: Int(CURL_ERROR_SIZE))
        var headers: UnsafeMutablePointer<curl_slist>?
        defer { ch_curl_free_headers(library.freeHeaders.address, headers) }
        if let validator { headers = ch_curl_header(library.header.address, nil, "If-Range: \(validator)") }
        if let tag { headers = ch_curl_header(library.header.address, headers, "If-None-Match: \(tag)") }
        let pointer = Unmanaged.passUnretained(work).toOpaque()
        let code = message.withUnsafeMutableBufferPointer { buffer in
            ch_curl_set_pointer(set, handle, CURLOPT_ERRORBUFFER, buffer.baseAddress)
            common(handle, set)
            if headers != nil { ch_curl_set_pointer(set, handle, CURLOPT_HTTPHEADER, headers) }
            ch_curl_set_pointer(set, handle, CURLOPT_XFERINFODATA, pointer)
            ch_curl_set_progress(set, handle, curlProgress)
            if work.isUpload {
                ch_curl_set_long(set, handle, CURLOPT_UPLOAD, 1)
                ch_curl_set_size(set, handle, CURLOPT_INFILESIZE_LARGE, curl_off_t(size))
                ch_curl_set_long(set, handle, CURLOPT_FTP_CREATE_MISSING_DIRS, 1)
                ch_curl_set_bytes(set, handle, CURLOPT_READFUNCTION, curlRead)
                ch_curl_set_pointer(set, handle, CURLOPT_READDATA, pointer)
                ch_curl_set_bytes(set, handle, CURLOPT_WRITEFUNCTION, curlDiscard)
            } else {
                ch_curl_set_size(set, handle, CURLOPT_MAXFILESIZE_LARGE, curl_off_t(rules.sizeLimit))
                if offset > 0 { ch_curl_set_size(set, handle, CURLOPT_RESUME_FROM_LARGE, curl_off_t(offset)) }
                ch_curl_set_bytes(set, handle, CURLOPT_WRITEFUNCTION, curlWrite)
                ch_curl_set_pointer(set, handle, CURLOPT_WRITEDATA, pointer)
                ch_curl_set_bytes(set, handle, CURLOPT_HEADERFUNCTION, curlHeader)
                ch_curl_set_pointer(set, handle, CURLOPT_HEADERDATA, pointer)
            }
            return withExtendedLifetime(work) { ch_curl_run(library.perform.address, handle) }
        }
        guard code != CURLE_OK else { return }
        let said = message.prefix { $0 != 0 }.map { UInt8(bitPattern: $0) }
        let words =
            said.isEmpty
            ? String(cString: ch_curl_error(library.words.address, code)) : String(decoding: said, as: UTF8.self)
        throw error(code, words, status(handle, library), work)
    }

    /// What all transfers have in common; what fails here is told by the transfer itself.
    private func common(_ handle: UnsafeMutableRawPointer, _ set: UnsafeMutableRawPointer) {
        ch_curl_set_text(set, handle, CURLOPT_URL, location.url)
        ch_curl_set_text(set, handle, CURLOPT_PROTOCOLS_STR, location.scheme.rawValue)
        ch_curl_set_text(set, handle, CURLOPT_REDIR_PROTOCOLS_STR, location.scheme.redirects)
        ch_curl_set_long(set, handle, CURLOPT_FOLLOWLOCATION, 1)
        ch_curl_set_long(set, handle, CURLOPT_MAXREDIRS, 5)
        ch_curl_set_long(set, handle, CURLOPT_FAILONERROR, 1)
        ch_curl_set_long(set, handle, CURLOPT_NOSIGNAL, 1)
        ch_curl_set_long(set, handle, CURLOPT_NOPROGRESS, 0)
        ch_curl_set_long(set, handle, CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        ch_curl_set_long(set, handle, CURLOPT_CONNECTTIMEOUT, seconds(rules.connectTimeout))
        ch_curl_set_long(set, handle, CURLOPT_LOW_SPEED_LIMIT, 1)
        ch_curl_set_long(set, handle, CURLOPT_LOW_SPEED_TIME, seconds(rules.stallTimeout))
        ch_curl_set_text(set, handle, CURLOPT_USERAGENT, "chargehost")
        if let authorities = rules.authorities { ch_curl_set_text(set, handle, CURLOPT_CAINFO, authorities) }
        // Without a file of known hosts libcurl would believe every SFTP server (CURLOPT_SSH_KNOWNHOSTS(3)).
        ch_curl_set_text(set, handle, CURLOPT_SSH_KNOWNHOSTS, rules.knownHosts ?? "/dev/null")
    }

    private func seconds(_ time: Duration) -> Int { max(1, Int(time.components.seconds)) }

    private func status(_ handle: UnsafeMutableRawPointer, _ library: CurlLibrary) -> Int {
        var code = 0
        ch_curl_status(library.info.address, handle, &code)
        return code
    }

    private func error(_ code: CURLcode, _ words: String, _ status: Int, _ work: Work) -> TransferError {
        if work.isCancelled() { return .cancelled }
        if work.isTooLarge { return .tooLarge(location, limit: rules.sizeLimit) }
        if work.fileError != 0 { return .file("of the transfer", String(cString: strerror(work.fileError))) }
        switch code {
        case CURLE_FILESIZE_EXCEEDED: return .tooLarge(location, limit: rules.sizeLimit)
        case CURLE_LOGIN_DENIED: return .denied(location)
        case CURLE_HTTP_RETURNED_ERROR where status == 401 || status == 403: return .denied(location)
        case CURLE_HTTP_RETURNED_ERROR: return .status(location, status)
        case CURLE_REMOTE_FILE_NOT_FOUND: return .status(location, location.scheme == .sftp ? 550 : max(status, 550))
        case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CACERT_BADFILE, CURLE_SSL_ISSUER_ERROR:
            return .untrusted(location, words)
        case CURLE_UNSUPPORTED_PROTOCOL: return .unsupported(location)
        default: return .failed(location, words)
        }
    }
}

private func work(_ pointer: UnsafeMutableRawPointer?) -> CurlExchange.Work? {
    pointer.map { Unmanaged<CurlExchange.Work>.fromOpaque($0).takeUnretainedValue() }
}

private func curlWrite(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ pointer: UnsafeMutableRawPointer?
) -> Int {
    guard let work = work(pointer), let bytes else { return 0 }
    let length = size * count
    guard work.count + length <= work.limit else {
        work.isTooLarge = true
        return 0
    }
    var done = 0
    while done < length {
        let written = write(work.file, bytes + done, length - done)
        if written < 0, errno == EINTR { continue }
        guard written > 0 else {
            work.fileError = errno
            return 0
        }
        done += written
    }
    work.count += length
    return length
}

private func curlRead(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ pointer: UnsafeMutableRawPointer?
) -> Int {
    guard let work = work(pointer), let bytes else { return Int(CURL_READFUNC_ABORT) }
    while true {
        let got = read(work.file, bytes, size * count)
        if got < 0, errno == EINTR { continue }
        guard got >= 0 else {
            work.fileError = errno
            return Int(CURL_READFUNC_ABORT)
        }
        work.count += got
        return got
    }
}

private func curlDiscard(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ pointer: UnsafeMutableRawPointer?
) -> Int { size * count }

/// Keeps the ETag, by which a file that is gone on with is known to be the same (RFC 9110, 13.1.5).
private func curlHeader(
    _ bytes: UnsafeMutablePointer<CChar>?, _ size: Int, _ count: Int, _ pointer: UnsafeMutableRawPointer?
) -> Int {
    guard let work = work(pointer), let bytes else { return 0 }
    let line = bytes.withMemoryRebound(to: UInt8.self, capacity: size * count) {
        String(decoding: UnsafeBufferPointer(start: $0, count: size * count), as: UTF8.self)
    }
    if line.hasPrefix("HTTP/") {
        work.validator = nil
        work.tag = nil
        work.status = line.split(separator: " ").dropFirst().first.flatMap { Int($0.prefix(3)) } ?? 0
    }
    if line.lowercased().hasPrefix("etag:") {
        let tag = line.dropFirst(5).trimmingCharacters(in: .whitespacesAndNewlines)
        if !tag.hasPrefix("W/") { work.validator = tag }
        if tag.utf8.count <= 200 { work.tag = tag }
    }
    return size * count
}

private func curlProgress(
    _ pointer: UnsafeMutableRawPointer?, _ total: curl_off_t, _ now: curl_off_t, _ totalUp: curl_off_t,
    _ nowUp: curl_off_t
) -> Int32 {
    guard let work = work(pointer) else { return 1 }
    if work.isCancelled() { return 1 }
    let whole = work.isUpload ? totalUp : total
    let offset = work.isUpload ? 0 : work.count - Int(now)
    work.progress(work.count, whole > 0 ? Int(whole) + max(0, offset) : nil)
    return 0
}
