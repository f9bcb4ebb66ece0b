import Foundation
import LoadManagement
import Testing

/// The situations of the scenario file, each with what everybody has to get, to the milliampere.
struct SingleScenarioTests {
    struct Expected: Decodable, Sendable, CustomTestStringConvertible {
        var scenario: SingleScenario
        var title: String
        var current: [String: Double]

        var testDescription: String { "\(scenario.id): \(title)" }

        init(from decoder: any Decoder) throws {
            let container = try decoder.container(keyedBy: Key.self)
            scenario = try SingleScenario(from: decoder)
            title = try container.decode(String.self, forKey: .title)
            current = try container.decode([String: Double].self, forKey: .expectA)
        }

        enum Key: String, CodingKey { case title, expectA }
    }

    struct File: Decodable {
        var single: [Expected]
    }

    static let url = Bundle.module.url(forResource: "load-management", withExtension: "json", subdirectory: "Scenarios")
    static let all: [Expected] = {
        guard let url, let data = try? Data(contentsOf: url) else { return [] }
        return (try? JSONDecoder().decode(File.self, from: data).single) ?? []
    }()

    @Test func theScenarioFileIsRead() { #expect(Self.all.count >= 39) }

    @Test(arguments: all) func everybodyGetsWhatTheScenarioSays(_ expected: Expected) throws {
        let input = try expected.scenario.input()
        let shares = Allocator.allocate(input)
        let current = Dictionary(uniqueKeysWithValues: zip(input.boxes.map(\.id), shares.map(\.current)))
        #expect(current == expected.current.mapValues { Int(($0 * 1000).rounded()) })
    }
}
