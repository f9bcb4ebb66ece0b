import CYAML

/// The libyaml this program runs with.
public enum YAMLLibrary {
    /// Its version, such as 0.2.5.
    public static var version: String { String(cString: yaml_get_version_string()) }
}
