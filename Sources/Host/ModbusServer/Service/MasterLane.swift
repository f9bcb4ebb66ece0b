import DriverAPI

/// What a box is told for its master where the host distributes nothing.
struct MasterLane: Sendable {
    /// After so long a command that failed, or that the box does not follow any more, is given again.
    private static let pause = Duration.seconds(2)
    private static let reminder = Duration.seconds(10)

    /// What it was told last, in mA.
    private(set) var told: Int?
    /// What was told and carried out.
    private(set) var confirmed: Int?
    private var isBusy = false
    private var lastTry: MonotonicTime?
    private var isFailed = false

    /// How many orders its master had written when it was told last.
    private var writes = 0

    /// `told` is what it was told before the host started; until its master writes it is told again only when it follows
    /// more than that.
    init(told: Int?) {
        self.told = told
    }

    /// What the box has to be told now, if anything; `followed` is what its registers say, in mA, and `writes` how many
    /// orders its master wrote.
    mutating func next(order: Int, writes: Int, followed: Int?, at now: MonotonicTime) -> Int? {
        let age = lastTry?.duration(to: now)
        let isWritten = writes != self.writes
        self.writes = writes
        let isDue: Bool
        if order != told || isWritten && followed != order {
            // A newer order goes out at once; the driver drops the one it replaces.
            isDue = true
        } else if isBusy {
            isDue = false
        } else if isFailed || followed.map({ $0 > order + 99 }) ?? false {
            isDue = age.map { $0 >= Self.pause } ?? true
        } else {
            // The box was restarted, or fell back for a moment: raising it again is in no hurry.
            let isBelow = followed.map { $0 + 1000 < order } ?? false
            isDue = isBelow && lastTry != nil && age.map { $0 >= Self.reminder } ?? false
        }
        guard isDue else { return nil }
        told = order
        confirmed = nil
        isBusy = true
        lastTry = now
        return order
    }

    /// A command ended.
    mutating func ended(_ order: Int, isCarriedOut: Bool) {
        guard order == told else { return }
        isBusy = false
        isFailed = !isCarriedOut
        confirmed = isCarriedOut ? order : nil
    }

    /// The box is another one now.
    mutating func forget() {
        isBusy = false
        isFailed = told != nil
        confirmed = nil
    }
}
