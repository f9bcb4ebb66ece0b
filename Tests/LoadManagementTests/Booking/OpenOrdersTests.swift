import LoadManagement
import Testing

/// Orders that are open: never sent, answered and never confirmed, or woken by a question.
struct OpenOrdersTests {
    @Test func anOrderThatNeverLeftDoesNotStayWhenAnotherIsGiven() {
        var box = charging(8000)
        _ = box.order(16_000, terminals: .all)
        let number = box.order(10_000, terminals: .all)
        #expect(box.most(at: 20) == 10_000)
        box.apply(.withdrawn(number: number))
        #expect(box.lastTold?.value == 8000)
        #expect(box.most(at: 20) == 8000)
    }

    @Test func anOrderThatWasReplacedAndIsSentAllTheSameIsBookedAtTheRatedCurrent() {
        var box = charging(8000, rated: 20_000)
        let first = box.order(16_000, terminals: .all)
        _ = box.order(10_000, terminals: .all)
        box.apply(.sent(number: first, at: seconds(12), connection: 1))
        #expect(box.most(at: 20) == 20_000)
    }

    @Test func aBoxThatAnswersAndNeverConfirmsGathersNoOrdersWithoutEnd() {
        var box = charging(8000)
        for time in 0..<1000 {
            let number = box.tell(time % 3 == 0 ? 14_000 : 6000 + time % 7 * 1000, at: 20 + Double(time))
            box.apply(.answered(number: number, at: seconds(20 + Double(time))))
        }
        #expect(box.told.count <= 13)
        #expect(box.most(at: 2000) == 14_000, "it may be following any of them")
        box.obey(6000, at: 2000)
        box.prune(at: seconds(2010))
        #expect(box.most(at: 2010) == 6000, "what is confirmed replaces them all")
        #expect(box.told.count == 1)
    }

    @Test func aBoxThatNeverAnswersGathersNoOrdersWithoutEnd() {
        var box = charging(8000)
        for time in 0..<1000 {
            let number = box.tell(6000 + time % 7 * 1000, at: 20 + Double(time))
            box.apply(.unanswered(number: number, at: seconds(21 + Double(time))))
        }
        #expect(box.told.count <= 13)
        #expect(box.most(at: 2000) == 12_000)
        box.apply(.readBack(6000, at: seconds(1020.5), connection: 2))
        #expect(box.most(at: 2000) == 11_000, "asked before what was sent last could have arrived")
    }

    @Test func aMergedOrderConfirmsNothingYoungerThanItself() {
        var box = charging(8000)
        for time in 0..<40 {
            let number = box.tell(time == 0 ? 16_000 : 7000, at: 20 + Double(time))
            box.apply(.answered(number: number, at: seconds(20 + Double(time))))
        }
        // It still holds its first value: what came later may yet come into force, but is less.
        box.apply(.readBack(16_000, at: seconds(70), connection: 1))
        #expect(box.most(at: 200) == 16_000)
        #expect(box.lastTold?.value == 7000)
    }

    /// After a restart the driver has to ask a box who it is before it may tell it anything.
    @Test func aQuestionToABoxThatFellBackWhileNobodyWatchedBooksWhatItMayWake() {
        var box = charging(16_000, watchdog: .init(timeout: seconds(30), margin: seconds(7), fallback: 6000))
        box.apply(.restarted(at: seconds(100)))
        #expect(box.most(at: 136.9) == 16_000)
        #expect(box.most(at: 137) == 6000)
        // The driver keeps the order, for it has not reached the box yet.
        _ = box.tell(6000, at: 137)
        #expect(box.most(at: 138) == 6000)
        box.apply(.polled(at: seconds(140)))
        #expect(box.most(at: 140) == 16_000)
        #expect(box.most(at: 177) == 6000)
        box.obey(6000, at: 180)
        box.prune(at: seconds(190))
        box.apply(.polled(at: seconds(190)))
        #expect(box.most(at: 190) == 6000, "what it held is gone")
    }

    @Test func aBoxThatStartsByItselfIsNotReleasedByItsStop() {
        var box = charging(0, watchdog: .init(timeout: seconds(30), margin: seconds(7), fallback: 6000))
        #expect(!box.isReleased(at: seconds(11)))
        box.setup.ability.watchdog?.fallback = 0
        #expect(box.isReleased(at: seconds(11)))
    }
}
