import DeviceProfiles
import DriverAPI
import Foundation
import Host

/// A device that is opened anew whenever its profile's file changes for the better.
struct WatchedDevice {
    private let configuration: DeviceConfiguration
    private let file: String
    private let library: ProfileLibrary
    private let lines: SharedLines
    private var device: any Device
    private var modified: Date?
    private var mistakes: [String] = []

    /// Opens the device; throws when the profile has errors from the start.
    ///
    /// A line that a running host has open is used through it.
    init(
        _ configuration: DeviceConfiguration, file: String, library: ProfileLibrary, lines: SharedLines
    ) async throws {
        self.configuration = configuration
        self.file = file
        self.library = library
        self.lines = lines
        _ = try ProfileFiles.document(file, library: library)
        modified = WatchedDevice.date(of: file)
        device = try await Self.open(configuration, library, lines)
    }

    /// One round: takes over a changed file, reads all points, and returns the lines to show.
    mutating func next() async -> [String] {
        await takeOver()
        var lines = ["\(file)  \(configuration.address)", ""]
        do {
            let rows = try await device.read(nil).sorted { $0.point < $1.point }.map { reading in
                [reading.point, PointStatus(reading).text, reading.quality == .good ? "" : reading.quality.rawValue]
            }
            lines.append(Table(["point", "value", ""], rows).text)
        } catch {
            lines.append(error.description)
        }
        return lines + (mistakes.isEmpty ? [] : ["", "the file has mistakes, the last good one goes on:"] + mistakes)
    }

    /// Ends the traffic.
    func close() async { await device.close(.leave) }

    private mutating func takeOver() async {
        let date = Self.date(of: file)
        guard date != modified else { return }
        modified = date
        guard let load = try? library.load(file) else {
            mistakes = ["the file cannot be read"]
            return
        }
        mistakes = load.diagnostics.filter { $0.severity == .error }.map(\.description)
        guard mistakes.isEmpty else { return }
        await device.close(.leave)
        do { device = try await Self.open(configuration, library, lines) } catch { mistakes = ["\(error)"] }
    }

    private static func open(
        _ configuration: DeviceConfiguration, _ library: ProfileLibrary, _ lines: SharedLines
    ) async throws -> any Device {
        do {
            return try await DeviceOpener(library: library, lines: lines).open(configuration, context: .oneShot)
        } catch {
            throw CommandFailure(error)
        }
    }

    private static func date(of file: String) -> Date? {
        (try? FileManager.default.attributesOfItem(atPath: file))?[.modificationDate] as? Date
    }
}
