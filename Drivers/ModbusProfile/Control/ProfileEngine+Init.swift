import DeviceProfiles
import DriverAPI
import Modbus

extension ProfileEngine {
    /// How long a failed `init` rests before it is tried again.
    private static let retryPause = Duration.seconds(60)

    /// Reads, compares and writes what the profile's `init` asks for; returns the frames that left.
    ///
    /// Points that are only written are written once a run. Throws when a needed write fails; then commands that start
    /// or raise are refused until a later run succeeds.
    @discardableResult
    public func runInit() async throws(DriverError) -> [String] {
        let context = WriteContext(cause: .initial)
        do throws(DriverError) {
            for entry in current.initWrites { try await write(entry, context) }
        } catch {
            if error != .superseded, contact.isOnline {
                connection.preparation = .failed("\(error)")
                connection.nextPreparation = clock.now.advanced(by: ProfileEngine.retryPause)
            }
            throw error
        }
        connection.preparation = .done
        return context.frames
    }

    private func write(_ entry: InitWrite, _ context: WriteContext) async throws(DriverError) {
        board.now = clock.now
        if let condition = entry.when, !condition.holds(in: board) { return }
        do throws(DriverError) {
            let prepared = try prepare(entry.point, entry.value, isLowering: false)
            if board.points[prepared.position].place != nil {
                guard await readNow([prepared.position], urgency: .verify) else { throw lost() }
                if isShown(prepared) { return }
            }
            context.checks = []
            try await write(entry.point, entry.value, context)
            try await verify(context)
        } catch {
            if entry.needed || !contact.isOnline { throw error }
            log(.warning, "\(current.id): \(entry.point) could not be prepared: \(error)")
        }
    }

    /// Runs `init` as part of a round; trouble is reported once.
    func prepareDevice() async {
        guard contact.isOnline, connection.isSetUp, writeBar == nil, permission.bar(.charging) == nil else { return }
        let wasFailing = connection.preparation
        do throws(DriverError) {
            try await runInit()
        } catch {
            if case .failed = connection.preparation, connection.preparation != wasFailing {
                alarm("\(current.id): the device could not be prepared, so it is only stopped or lowered: \(error)")
            }
        }
    }
}
