import TestTools
import Testing

@testable import Licensing

@Suite struct AdmissionTests {
    private static func other(_ ids: String..., why: BoxMake.ThirdParty = .otherMake) -> [LicensedBox] {
        ids.map { LicensedBox(id: $0, make: .thirdParty(why)) }
    }

    private static func raised(_ boxes: [LicensedBox], _ places: Int = 3, _ memory: AdmissionMemory = AdmissionMemory())
        -> (ids: [String], memory: AdmissionMemory)
    {
        let (admissions, next) = Admissions.admit(boxes, places: places, memory: memory)
        #expect(Set(admissions.keys) == Set(boxes.map(\.id)))
        return (boxes.map(\.id).filter { admissions[$0]?.mayRaise ?? false }, next)
    }

    @Test func theFirstThreeOfOtherMakesHavePlaces() {
        #expect(Self.raised(Self.other("a", "b", "c", "d")).ids == ["a", "b", "c"])
    }

    @Test func powerBrainsAreFreeInAnyNumber() {
        let own = (0..<25).map { LicensedBox(id: "own \($0)", make: .powerBrain) }
        #expect(Self.raised(own + Self.other("a", "b", "c", "d")).ids.count == 28)
    }

    @Test(arguments: [
        BoxMake.ThirdParty.profileChanged, .otherIdentity, .unprovenHost(nil), .ocpp, .plugIn,
    ])
    func whateverIsNoProvenPowerBrainCounts(_ why: BoxMake.ThirdParty) {
        let boxes = Self.other("a", "b", "c") + Self.other("d", why: why)
        let (admissions, _) = Admissions.admit(boxes, places: 3, memory: AdmissionMemory())
        #expect(admissions["d"] == .overLimit(why, places: 3))
    }

    @Test func whatIsNotControlledNeedsNoPlace() {
        var boxes = Self.other("a", "b", "c", "d")
        boxes[0].isControlled = false
        #expect(Self.raised(boxes).ids == ["b", "c", "d"])
    }

    @Test func whoHasAPlaceKeepsItWhateverTheOrder() {
        let first = Self.raised(Self.other("a", "b", "c"))
        #expect(Self.raised(Self.other("z", "y", "c", "b", "a"), 3, first.memory).ids == ["c", "b", "a"])
    }

    @Test func aPlaceThatIsGivenUpGoesToTheNextOfTheFile() {
        let first = Self.raised(Self.other("a", "b", "c", "d", "e"))
        var boxes = Self.other("a", "b", "c", "e", "d")
        boxes[1].isControlled = false
        let second = Self.raised(boxes, 3, first.memory)
        #expect(second.ids == ["a", "c", "e"])
        // It comes back too late.
        #expect(Self.raised(Self.other("a", "b", "c", "e", "d"), 3, second.memory).ids == ["a", "c", "e"])
    }

    @Test func withFewerPlacesTheLastComersLoseTheirs() {
        let first = Self.raised(Self.other("e", "d", "c", "b", "a"), 5)
        #expect(Self.raised(Self.other("a", "b", "c", "d", "e"), 3, first.memory).ids == ["c", "d", "e"])
    }

    @Test func whatHasNotSaidWhatItIsWaitsAndKeepsItsPlace() {
        let memory = Self.raised(Self.other("a", "b", "c")).memory
        let waiting = [LicensedBox(id: "a", make: .unproven)] + Self.other("b", "c", "d")
        let second = Self.raised(waiting, 3, memory)
        #expect(second.ids == ["b", "c"])
        #expect(Self.raised(Self.other("a", "b", "c", "d"), 3, second.memory).ids == ["a", "b", "c"])
        let proven = [LicensedBox(id: "a", make: .powerBrain)] + Self.other("b", "c", "d")
        #expect(Self.raised(proven, 3, second.memory).ids == ["a", "b", "c", "d"])
        let newcomer = Self.other("a", "b", "c") + [LicensedBox(id: "n", make: .unproven)]
        #expect(Self.raised(newcomer, 4).memory.places["n"] == nil)
    }

    /// Under changes of boxes that hold no place, and of the order, nobody with a place loses it, and never more have one
    /// than there are.
    @Test(arguments: 0..<200)
    func admissionIsStableUnderUnrelatedChanges(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var boxes = (0..<12).map { number in
            LicensedBox(id: "box \(number)", make: .thirdParty(.otherMake), isControlled: Bool.random(using: &random))
        }
        let places = Int.random(in: 0...8, using: &random)
        var memory = AdmissionMemory()
        for _ in 0..<40 {
            let before = memory.places.keys
            let changed = Int.random(in: 0..<boxes.count, using: &random)
            if !before.contains(boxes[changed].id) { boxes[changed].isControlled.toggle() }
            boxes.shuffle(using: &random)
            let step = Self.raised(boxes, places, memory)
            memory = step.memory
            #expect(Set(before).isSubset(of: Set(step.ids)))
            #expect(step.ids.count == min(places, boxes.count { $0.isControlled }))
            #expect(Set(memory.places.keys) == Set(step.ids))
        }
    }
}
