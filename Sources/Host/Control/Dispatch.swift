import DriverAPI
import LoadManagement

/// One order on its way to a box.
struct Dispatch: Sendable, Hashable {
    /// The box.
    var box: String
    /// The number by which the booking knows it.
    var number: Int
    /// The current per phase, in mA; 0 stops.
    var milliamperes: Int
    /// How many phases the box is switched to while it stands still; nil where it keeps those it has.
    var phases: PhaseSelection?
    /// Whether it says once more what the box was told last, so that its frame has to leave though the driver knows it
    /// told.
    var isRepeat = false

    /// What the driver is asked for, one after the other.
    var commands: [Command] {
        guard milliamperes > 0, let amperes = Exact(Int128(milliamperes), over: 1000) else {
            return [.charge(.off)] + (phases.map { [.phases($0)] } ?? [])
        }
        return [.charge(.current(amperes))]
    }
}

/// What became of a dispatch.
struct DispatchReport: Sendable, Hashable {
    /// How it ended.
    enum Outcome: Sendable, Hashable {
        /// The driver carried it out.
        case done(CommandOutcome)
        /// Acknowledged, but it reads otherwise: the reason in words.
        case notVerified(String)
        /// The device or its profile refused: the reason in words.
        case refused(String)
        /// Nobody knows whether it arrived: the reason in words.
        case unanswered(String)
        /// A newer one took its place; it may have left before.
        case superseded
    }

    /// What was sent.
    var dispatch: Dispatch
    /// How it ended.
    var outcome: Outcome
    /// When it ended.
    var time: MonotonicTime

    /// What the operator must know; nil where all is well or a newer order follows.
    var alarm: String? {
        switch outcome {
        case .done, .superseded: nil
        case .notVerified(let text), .refused(let text), .unanswered(let text): text
        }
    }
}

extension DispatchReport.Outcome {
    /// What an error of the driver says about the order.
    ///
    /// A profile that refuses may have written the first of several points; so may a command that was superseded.
    init(_ error: DriverError) {
        switch error {
        case .superseded: self = .superseded
        case .refused, .refusedByDevice, .unsupported: self = .refused(error.description)
        case .notVerified: self = .notVerified(error.description)
        case .unreachable, .configuration, .mismatch, .storage, .closed: self = .unanswered(error.description)
        }
    }
}
