import DeviceProfiles
import DriverAPI
import Modbus

extension ProfileEngine {
    /// Runs the steps in order, then reads back what they wrote.
    ///
    /// A failure ends the list; whether the device follows the old or the new values is then unknown.
    func run(_ steps: [Step], _ context: WriteContext) async throws(DriverError) {
        for step in steps {
            board.now = clock.now
            if let condition = step.when, !condition.holds(in: board) { continue }
            switch step.action {
            case .natural(let point):
                guard let value = context.natural[point] else {
                    throw .unsupported("\(point) has no natural value here; the profile must say what to write")
                }
                try await write(point, value, context)
            case .write(let point, let value): try await write(point, value, context)
            case .wait(let duration):
                try await pause(until: clock.now.advanced(by: duration), in: context.block ?? .charge)
            case .waitUntil(let condition, let atMost, let poll, let goesOn):
                try await waitUntil(condition, atMost: atMost, poll: poll, goesOn: goesOn, context)
            }
        }
        try await verify(context)
    }

    /// Runs steps whose failures are only logged: the `finally` of a block.
    func runFinally(_ steps: [Step], after context: WriteContext) async {
        if steps.isEmpty { return }
        let closing = WriteContext(cause: context.cause, block: context.block, isLowering: context.isLowering)
        closing.natural = context.natural
        closing.fitting = context.fitting
        for step in steps {
            do throws(DriverError) {
                try await run([step], closing)
            } catch {
                log(.warning, "\(current.id): a step of finally failed: \(error)")
            }
        }
        context.frames += closing.frames
    }

    private func waitUntil(
        _ condition: Expression, atMost: Duration, poll: Duration, goesOn: Bool, _ context: WriteContext
    ) async throws(DriverError) {
        let end = clock.now.advanced(by: atMost)
        let inputs = condition.points.compactMap { board.position($0) }
        while true {
            guard await readNow(inputs, urgency: .verify) else { throw lost() }
            board.now = clock.now
            if condition.holds(in: board) { return }
            let now = clock.now
            if now >= end {
                if goesOn { return }
                throw .notVerified(
                    "\((context.block ?? .charge).name): the device did not get ready within \(atMost.inSeconds) s")
            }
            try await pause(until: min(end, now.advanced(by: poll)), in: context.block ?? .charge)
        }
    }
}
