/// Charging sessions as comma-separated values (RFC 4180), for spreadsheets and billing.
public enum SessionSheet {
    /// The names of the columns, in their order.
    public static let columns = ["box", "connector", "card", "start", "end", "energy_wh", "reason", "transaction"]

    /// The sheet with its head; lines end with LF.
    public static func text(_ sessions: [SessionDocument]) -> String {
        let rows = sessions.map { session in
            [
                session.box, number(session.connector), session.card ?? "", session.start, session.end ?? "",
                number(session.energy_wh), session.reason ?? "", number(session.transaction),
            ]
        }
        return ([columns] + rows).map { $0.map(field).joined(separator: ",") + "\n" }.joined()
    }

    private static func number(_ value: Int?) -> String { value.map { "\($0)" } ?? "" }

    private static func field(_ text: String) -> String {
        // A card is written by strangers: what a spreadsheet would take for a formula begins with an apostrophe there.
        let isFormula = text.first.map { "=+-@\t".contains($0) } ?? false
        let plain = isFormula ? "'" + text : text
        guard plain.contains(where: { ",\"\n\r".contains($0) }) else { return plain }
        return "\"" + plain.replacing("\"", with: "\"\"") + "\""
    }
}
