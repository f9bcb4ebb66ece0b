/// The environment of a driver: no more than it needs, nothing of the host's.
enum DriverEnvironment {
    /// Where programs without a slash are found.
    static let path = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"

    /// The variables, with the private folder for everything temporary.
    static func variables(temporary: String) -> [String] {
        [
            "PATH=\(path)", "LANG=C.UTF-8", "HOME=\(temporary)", "TMPDIR=\(temporary)", "PYTHONUNBUFFERED=1",
            "PYTHONDONTWRITEBYTECODE=1", "SWIFT_BACKTRACE=enable=no",
        ]
    }
}
