import Foundation
import Host

/// `driver new`
enum DriverNewCommand: Subcommand {
    static let name = "driver new"
    static let summary = "begins a driver program"
    static let accepted = Arguments.Accepted(values: ["language", "folder"], positionals: 1...1)
    static let help = """
        usage: chargehost driver new --language python|swift NAME [--folder DIR]

        Writes a driver that works, a meter, with its manifest and what it is tried with, into the folder NAME. In Python it
        is the one of Documentation/driver-guide.md and needs nothing but Python; in Swift it is a package on DriverAPI of
        this chargehost's sources.

          --language L   python or swift
          --folder DIR   where the folder is made; default the present one

        example: chargehost driver new --language python my-meter && chargehost driver check my-meter
        """

    static func run(_ arguments: Arguments) throws -> ExitStatus {
        let name = arguments.positionals[0]
        let isName = name.utf8.allSatisfy { byte in
            (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte) || byte == UInt8(ascii: "-")
                || (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
        }
        guard isName, (1...40).contains(name.utf8.count), name.first?.isLetter ?? false else {
            throw UsageError("NAME must be 1 to 40 letters a-z, digits and hyphens, and begin with a letter")
        }
        let folder = (arguments.value("folder") ?? ".") + "/" + name
        let files: [String: String]
        switch try arguments.required("language") {
        case "python": files = PythonDriverTemplate.files
        case "swift": files = SwiftDriverTemplate.files
        case let other: throw UsageError("--language must be python or swift, not \"\(other)\"")
        }
        guard !FileManager.default.fileExists(atPath: folder) else {
            throw CommandFailure(.fallsShort, "\(folder) is there already; take another name, or remove it")
        }
        do {
            for (file, text) in files.sorted(by: { $0.key < $1.key }) {
                let place = URL(fileURLWithPath: folder + "/" + named(file, name))
                try FileManager.default.createDirectory(
                    at: place.deletingLastPathComponent(), withIntermediateDirectories: true)
                try Data(named(text, name).replacing("{checkout}", with: checkout).utf8).write(to: place)
                Console.out(place.path)
            }
        } catch {
            throw CommandFailure(.fallsShort, "\(folder) cannot be written: \(error.localizedDescription)")
        }
        return .fine
    }

    /// A text of the template with the driver's name in it, as file and as type.
    private static func named(_ text: String, _ name: String) -> String {
        let words = name.split(separator: "-").map(String.init)
        return text.replacing("my-meter", with: name).replacing("my_meter", with: words.joined(separator: "_"))
            .replacing("MyMeter", with: words.map { $0.prefix(1).uppercased() + $0.dropFirst() }.joined())
    }

    /// The sources of this program, where they are; else what to put in.
    private static var checkout: String {
        var folder = URL(fileURLWithPath: ProfileLibrary.programPath()).deletingLastPathComponent()
        for _ in 0..<8 {
            if FileManager.default.fileExists(atPath: folder.path + "/Sources/DriverAPI") { return folder.path }
            folder = folder.deletingLastPathComponent()
        }
        return "../chargehost"
    }
}
