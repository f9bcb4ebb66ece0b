import Licensing
import TestTools
import Testing
import VendorKit

@testable import ProfileTrust

@Suite struct TrustBookTests {
    private static func verdict(
        _ book: TrustBook, hash: Character = "a", confirmed: [InstallerConfirmation] = []
    ) -> ProfileVerdict {
        ProfileVerdict(
            device: "garage", profile: "acme.one", version: "1.0.0", hash: Sample.hash(hash), book: book,
            confirmations: confirmed)
    }

    private static func confirmation(_ hash: Character = "a", device: String? = nil) -> InstallerConfirmation {
        InstallerConfirmation(
            hash: Sample.hash(hash), profile: "acme.one", device: device,
            statement: "6 A, 16 A, off: seen on the meter",
            by: "Ada", time: TestVendor.noon())
    }

    private static func source(
        _ index: ProfileIndex, name: String = "friends", isOwn: Bool = false
    ) -> TrustSource { TrustSource(name: name, isOwn: isOwn, found: .success(index)) }

    private static let lost = TrustSource(name: "friends", found: .failure(.unreadable("Permission denied")))

    // Level, whether it came with the program, confirmed: who may start and raise.
    @Test(arguments: [
        (TrustLevel.draft, false, false, false), (.tested, false, false, false), (.recorded, false, false, true),
        (.tried, false, false, true), (.confirmed, false, false, true), (.vendor, false, false, true),
        (.draft, false, true, true), (.tested, false, true, true), (.draft, true, false, false),
        (.tested, true, false, true), (.draft, true, true, true),
    ])
    func levelsAndConsentSayWhoMayWrite(_ level: TrustLevel, _ isOwn: Bool, _ isConfirmed: Bool, _ mayWrite: Bool) {
        let book = Sample.book([Self.source(Sample.index(1, Sample.entry(trust: [.limit: level])), isOwn: isOwn)])
        let verdict = Self.verdict(book, confirmed: isConfirmed ? [Self.confirmation()] : [])
        #expect((verdict.bar(.limit) == nil) == mayWrite)
        #expect(verdict.bar(.reading) == nil)
    }

    @Test func everyCapabilityIsTrustedOnItsOwn() {
        let book = Sample.book([
            Self.source(Sample.index(1, Sample.entry(trust: [.reading: .tried, .limit: .tried, .phases: .tested])))
        ])
        let verdict = Self.verdict(book)
        #expect(verdict.bar(.limit) == nil)
        #expect(verdict.bar(.phases) == .unverified(.phases, .tested))
        #expect(verdict.bar(.wakeUp) == .unverified(.wakeUp, .draft))
    }

    @Test func aDraftIsReadOnlyUntilItIsConfirmedAndNeverWritesFlash() {
        let book = Sample.book([])
        #expect(Self.verdict(book).bar(.limit) == .draft)
        let confirmed = Self.verdict(book, confirmed: [Self.confirmation()])
        #expect(confirmed.bar(.limit) == nil)
        #expect(confirmed.bar(.limit, wears: true) == .wears)
        // What was tried on one box says nothing of another.
        #expect(Self.verdict(book, confirmed: [Self.confirmation(device: "north")]).bar(.limit) == .draft)
        #expect(Self.verdict(book, confirmed: [Self.confirmation(device: "garage")]).bar(.limit) == nil)
    }

    @Test func anEditMakesItADraftAgain() {
        let book = Sample.book([Self.source(Sample.index(1, Sample.entry()))])
        #expect(Self.verdict(book, hash: "e").bar(.limit) == .edited)
        #expect(Self.verdict(Sample.book([]), hash: "e", confirmed: [Self.confirmation("d")]).bar(.limit) == .edited)
    }

    @Test func aWithdrawalGoesBeforeEverythingEvenConsent() {
        let withdrawn = Sample.entry(withdrawn: "it melts")
        let book = Sample.book([
            Self.source(Sample.index(1, Sample.entry(trust: [.limit: .vendor])), name: "own", isOwn: true),
            Self.source(Sample.index(1, withdrawn)),
        ])
        let verdict = Self.verdict(book, confirmed: [Self.confirmation()])
        for capability in [Capability.limit, .phases, .wakeUp] {
            #expect(verdict.bar(capability) == .withdrawn(index: "friends", reason: "it melts"))
        }
        #expect(verdict.bar(.reading) == nil)
        #expect(book.newest(of: "acme.one") == nil)
    }

    @Test func twoIndexesGiveTheHigherTrust() {
        let book = Sample.book([
            Self.source(Sample.index(1, Sample.entry(trust: [.limit: .tested, .phases: .tried])), name: "a"),
            Self.source(Sample.index(1, Sample.entry(trust: [.limit: .tried])), name: "b"),
        ])
        let verdict = Self.verdict(book)
        #expect(verdict.level(.limit) == .tried)
        #expect(verdict.level(.phases) == .tried)
    }

    @Test func whatCannotBeReadCountsSevenDaysMore() {
        let good = Sample.book([Self.source(Sample.index(3, Sample.entry()))])
        func later(_ day: Int, _ memory: TrustMemory) -> TrustBook {
            Sample.book([Self.lost], memory: memory, day: day)
        }
        #expect(Self.verdict(later(7, good.memory)).bar(.limit) == nil)
        #expect(later(7, good.memory).warnings.count == 1)
        #expect(Self.verdict(later(8, good.memory)).bar(.limit) == .draft)
        #expect(Self.verdict(later(0, TrustMemory())).bar(.limit) == .draft)
        // Looking again and again does not make it last longer.
        var memory = good.memory
        for day in 0...7 { memory = later(day, memory).memory }
        #expect(Self.verdict(later(8, memory)).bar(.limit) == .draft)
        #expect(memory.indexes["friends"]?.serial == 3)
    }

    @Test func aWithdrawalOutlastsAnIndexThatCannotBeRead() {
        let seen = Sample.book([Self.source(Sample.index(3, Sample.entry(withdrawn: "it melts")))])
        let later = Sample.book([Self.lost], memory: seen.memory, day: 100)
        #expect(Self.verdict(later).bar(.limit) == .withdrawn(index: "friends", reason: "it melts"))
        let back = Sample.book([Self.source(Sample.index(4, Sample.entry()))], memory: later.memory, day: 101)
        #expect(Self.verdict(back).bar(.limit) == nil)
    }

    @Test func anOlderIndexIsNotFollowed() {
        let seen = Sample.book([Self.source(Sample.index(3, Sample.entry(withdrawn: "it melts")))])
        let old = Sample.book([Self.source(Sample.index(2, Sample.entry()))], memory: seen.memory)
        #expect(Self.verdict(old).bar(.limit) == .withdrawn(index: "friends", reason: "it melts"))
        #expect(old.warnings.first?.contains("older than one seen before") ?? false)
        // An older program brings its own, older index with it.
        let own = Sample.book([Self.source(Sample.index(2, Sample.entry()), isOwn: true)], memory: seen.memory)
        #expect(Self.verdict(own).bar(.limit) == nil)
    }

    @Test func settingTheClockBackRevivesNothing() {
        let good = Sample.book([Self.source(Sample.index(3, Sample.entry()))])
        let late = Sample.book([Self.lost], memory: good.memory, day: 60)
        #expect(Self.verdict(late).bar(.limit) == .draft)
        let back = Sample.book([Self.lost], memory: late.memory, day: 0)
        #expect(Self.verdict(back).bar(.limit) == .draft)
        #expect(back.warnings.contains { $0.hasPrefix("the clock was set back") })
    }

    @Test func anIndexThatIsRemovedSaysNothingMore() {
        let good = Sample.book([Self.source(Sample.index(3, Sample.entry()))])
        let gone = Sample.book([], memory: good.memory)
        #expect(gone.memory.indexes.isEmpty)
        #expect(Self.verdict(gone).bar(.limit) == .draft)
    }

    /// Whatever comes in whatever order: nothing that any present index withdraws may write, nothing that nobody vouches
    /// for may, and the largest serial is never forgotten.
    @Test(arguments: 0..<200)
    func noOrderOfEventsGivesTrustThatNobodyGave(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var memory = TrustMemory()
        var highest = 0
        var lastGood: (day: Int, entry: IndexEntry?)?
        var day = 0
        for _ in 0..<60 {
            day += Int.random(in: 0...3, using: &random)
            let serial = Int.random(in: 1...20, using: &random)
            let level = TrustLevel(rawValue: Int.random(in: 0...5, using: &random)) ?? .draft
            let isWithdrawn = Int.random(in: 0..<4, using: &random) == 0
            let entry: IndexEntry? =
                Bool.random(using: &random)
                ? Sample.entry(trust: [.limit: level], withdrawn: isWithdrawn ? "no" : nil) : nil
            let isThere = Bool.random(using: &random)
            let index = ProfileIndex(serial: serial, issued: TestVendor.today, entries: entry.map { [$0] } ?? [])
            let book = Sample.book([isThere ? Self.source(index) : Self.lost], memory: memory, day: day)
            memory = book.memory
            if isThere, serial >= highest {
                highest = serial
                lastGood = (day, entry)
            }
            let counts = lastGood.map { day - $0.day <= 7 } ?? false
            let mayWrite =
                counts && (lastGood?.entry).map { $0.withdrawn == nil && $0.level(.limit) >= .recorded } ?? false
            #expect((Self.verdict(book).bar(.limit) == nil) == mayWrite)
            #expect(memory.indexes["friends"]?.serial ?? 0 == highest)
        }
    }
}
