import Foundation
import Host

/// How the commands about licences show what the host says.
enum LicenceText {
    /// The document as it came, or in words. Throws ``HostQuestion/Failure`` where it cannot be read.
    static func show(_ answer: [UInt8], json: Bool) throws(HostQuestion.Failure) -> ExitStatus {
        guard let document = try? JSONDecoder().decode(LicenceDocument.self, from: Data(answer)) else {
            throw .refused("the host gave an answer that cannot be read", status: 500)
        }
        if json {
            Console.out(String(decoding: answer, as: UTF8.self))
        } else {
            Console.out(lines(document).joined(separator: "\n"))
        }
        return .fine
    }

    private static func lines(_ document: LicenceDocument) -> [String] {
        var lines = [
            "host       \(document.host)" + (document.power_brain ? ", a Power Brain" : ""),
            "places     \(document.taken) of \(document.places) for boxes of other makes are taken",
        ]
        if let ends = document.trial_ends {
            lines.append("trial      until \(ends)")
        } else if document.trial_available {
            lines.append("trial      not used: chargehost licence trial")
        }
        for file in document.files {
            let words = [
                file.file, file.licensee.map { "for \($0)" }, "\(file.charge_points) charge points",
                file.ends.map { "until \($0)" }, file.standing, file.reason,
            ]
            lines.append("licence    " + words.compactMap { $0 }.joined(separator: ", "))
        }
        for (id, box) in document.boxes.sorted(by: { $0.key < $1.key }) {
            lines.append((box.may_raise ? "box        " : "box   (!)  ") + "\(id): \(box.reason)")
        }
        return lines + document.warnings.map { "warning    \($0)" }
    }
}
