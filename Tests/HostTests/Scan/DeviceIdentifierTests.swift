import Modbus
import ReadPlanning
import Testing

@testable import Host

/// Who a unit is, by the rules of the library's profiles.
@Suite struct DeviceIdentifierTests {
    private let candidates = ScanCandidate.all(of: ProfileLibrary())

    private func outcome(_ unit: FakeUnit) async -> DeviceIdentifier.Outcome {
        await DeviceIdentifier(candidates: candidates, link: unit, unit: 1).identify()
    }

    private func identity(_ unit: FakeUnit) async throws -> ScanIdentity {
        guard case .unit(let identity) = await outcome(unit) else {
            throw Unexpected(text: "\(await outcome(unit))")
        }
        return identity
    }

    private struct Unexpected: Error { let text: String }

    /// Eastron's protocol document: code 0x0070 at holding 0xFC02 is the SDM630, its serial number stands at 0xFC00.
    @Test func anIdentityRegisterAloneTellsAMeter() async throws {
        let unit = FakeUnit([.holding: [0xFC00: 1, 0xFC01: 2, 0xFC02: 0x70, 0xFC03: 0x0118]])
        let identity = try await identity(unit)
        #expect(identity.profile?.id == "eastron.sdm630")
        #expect(identity.isCertain)
        #expect(identity.score == 100)
        #expect(identity.names == ["serial": "65538", "firmware": "1.18"])
        #expect(unit.writes == 0)
    }

    /// The code of another meter of the same maker speaks against it, whatever else fits.
    @Test func anotherModelsCodeSpeaksAgainstIt() async throws {
        var inputs: [Int: UInt16] = Dictionary(uniqueKeysWithValues: (0..<80).map { ($0, 0) })
        // 230.0 and 50.0 as IEEE 754 single precision.
        (inputs[0], inputs[1], inputs[0x46], inputs[0x47]) = (0x4366, 0, 0x4248, 0)
        let right = FakeUnit([.input: inputs])
        let other = FakeUnit([.input: inputs, .holding: [0xFC02: 0x0084]])
        let likely = try await identity(right)
        #expect(likely.profile?.id == "eastron.sdm630")
        #expect(!likely.isCertain)
        #expect(likely.score == 60)
        #expect(try await identity(other).profile?.id != "eastron.sdm630")
    }

    /// A server that answers zeros everywhere fits several ranges that begin at 0; it is no device for certain.
    @Test func zerosEverywhereAreNoDevice() async throws {
        let zeros: [Int: UInt16] = Dictionary(uniqueKeysWithValues: (0..<65536).map { ($0, 0) })
        let identity = try await identity(FakeUnit([.holding: zeros, .input: zeros]))
        #expect(!identity.isCertain)
    }

    @Test func aUnitThatRefusesEverythingIsThereAndUnknown() async throws {
        let identity = try await identity(FakeUnit([:]))
        #expect(identity.profile == nil)
        #expect(identity.score == 0)
    }

    @Test func aSilentUnitCostsOneRead() async throws {
        let unit = FakeUnit([:], failure: .timeout)
        guard case .silent = await outcome(unit) else { throw Unexpected(text: "not silent") }
        #expect(unit.asked.count == 1)
    }

    @Test func aGatewayWithNobodyBehindIsNoDevice() async throws {
        guard case .empty = await outcome(FakeUnit([:], failure: .exception(11))) else {
            throw Unexpected(text: "not empty")
        }
        guard case .empty = await outcome(FakeUnit([:], failure: .exception(10))) else {
            throw Unexpected(text: "not empty")
        }
    }

    /// The reads of `identify` are stated to be harmless; no others go out, and none twice.
    @Test func onlyTheReadsOfIdentifyGoOut() async throws {
        let unit = FakeUnit([:])
        _ = try await identity(unit)
        let allowed = Set(candidates.flatMap { $0.rules.rules.map(\.request) })
        #expect(Set(unit.asked).isSubset(of: allowed))
        #expect(Set(unit.asked).count == unit.asked.count)
    }

    /// Every fixture with a test of its identification is found as its own profile.
    @Test func theLibrarysOwnFixturesAreFound() async throws {
        var tried = 0
        for candidate in candidates {
            for test in candidate.profile.tests {
                guard let wanted = test.identify, wanted >= candidate.rules.accept,
                    let fixture = test.given.flatMap({ candidate.profile.fixtures[$0] })
                else { continue }
                let unit = FakeUnit(fixture, of: candidate.profile)
                tried += 1
                let found = try await identity(unit)
                #expect(found.profile?.id == candidate.profile.id, "\(candidate.profile.id), \(test.name)")
                #expect(found.isCertain)
            }
        }
        #expect(tried >= 8)
    }
}
