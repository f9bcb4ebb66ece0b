/// The page Documentation/ocpp-keys.md, whose table is the one that GetConfiguration and ChangeConfiguration use.
public enum ConfigurationDocument {
    /// The whole page.
    public static var markdown: String {
        let ours = ConfigurationKey.all.filter { !$0.isStandard }
        let standard = ConfigurationKey.all.filter(\.isStandard)
        return [introduction, "## Keys of OCPP 1.6\n", table(standard), "## Our keys\n", table(ours)]
            .joined(separator: "\n")
    }

    private static var introduction: String {
        """
        # OCPP configuration keys

        What a backend reads with GetConfiguration and sets with ChangeConfiguration. The program prints the same table:
        `chargehost ocpp keys`. This page is made from the table in the program; a test keeps them the same.

        | scope | meaning | on the wire |
        |---|---|---|
        | Both | one value for all connectors | the bare name |
        | Individual | one value for each connector | connector 1: the bare name; connector n: `Name_n` |
        | Not relevant | the whole station | the bare name |
        | Master | evaluated by the coordinator only | the bare name, never with a suffix |

        `R` can be read, `R/W` read and changed, `W` changed and never shown. A key with a reboot counts only after a restart
        or a new connection; the answer to its change is then RebootRequired.

        """
    }

    private static func table(_ keys: [ConfigurationKey]) -> String {
        let head = "| key | scope | access | type | default | range | reboot | |\n|---|---|---|---|---|---|---|---|\n"
        return head
            + keys.map { key in
                let cells = [
                    "`\(key.name)`", key.scope.rawValue, key.access.rawValue, key.type.words,
                    key.defaultValue.map { $0.isEmpty ? "empty" : "`\($0)`" } ?? "", key.type.range,
                    key.needsReboot ? "yes" : "", key.text,
                ]
                return "| " + cells.joined(separator: " | ") + " |\n"
            }.joined()
    }
}
