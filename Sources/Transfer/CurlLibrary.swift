import CCurl
import Foundation

/// libcurl, opened by its name when it is first needed and kept from then on.
///
/// Of the machine it takes 6 MiB with the libraries it brings along (measured), which only a host needs that
/// transfers files. Its functions have been the same since `libcurl.so.4` (libcurl, ABI.md).
struct CurlLibrary: Sendable {
    /// The library of this machine; `nil` where there is none, or one that lacks a function.
    static let shared = CurlLibrary()

    /// The name by which the loader finds it on every Linux.
    static let name = "libcurl.so.4"

    /// A function of the library, which is never closed: it is where it is for as long as the process runs.
    struct Function: @unchecked Sendable {
        // The address is only read, and code does not move.
        let address: UnsafeMutableRawPointer
    }

    let start: Function
    let end: Function
    let set: Function
    let perform: Function
    let info: Function
    let words: Function
    let header: Function
    let freeHeaders: Function
    /// The schemes it was built with, for example `https`.
    let schemes: Set<String>

    private init?() {
        guard let library = dlopen(Self.name, RTLD_NOW | RTLD_LOCAL) else { return nil }
        func function(_ name: String) -> Function? { dlsym(library, name).map(Function.init) }
        guard let prepare = function("curl_global_init"), let version = function("curl_version_info"),
            let start = function("curl_easy_init"), let end = function("curl_easy_cleanup"),
            let set = function("curl_easy_setopt"), let perform = function("curl_easy_perform"),
            let info = function("curl_easy_getinfo"), let words = function("curl_easy_strerror"),
            let header = function("curl_slist_append"), let freeHeaders = function("curl_slist_free_all"),
            ch_curl_prepare(prepare.address) == CURLE_OK, var entry = ch_curl_protocols(version.address)
        else { return nil }
        self.start = start
        self.end = end
        self.set = set
        self.perform = perform
        self.info = info
        self.words = words
        self.header = header
        self.freeHeaders = freeHeaders
        var schemes: Set<String> = []
        while let name = entry.pointee {
            schemes.insert(String(cString: name))
            entry += 1
        }
        self.schemes = schemes
    }
}
