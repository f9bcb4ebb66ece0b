import DeviceProfiles
import DriverAPI
import Modbus
import ReadPlanning

extension ProfileEngine {
    /// How a value is fitted to what the device takes.
    enum Fitting {
        /// Refused outside `range`.
        case plain
        /// The set-point of a control block: lowered to the top of `range`, rounded down.
        case setPoint
        /// `off`: not bound by `range`.
        case off
    }

    /// One write, encoded and allowed.
    struct PreparedWrite {
        var position: Int
        var rule: WriteRule
        var encoded: EncodedWrite
    }

    /// Writes one point, unless nothing would change and writing wears its memory.
    func write(_ name: String, _ value: WriteValue, _ context: WriteContext) async throws(DriverError) {
        let fitting = context.fitting[name] ?? .plain
        let prepared = try prepare(name, value, isLowering: context.isLowering, fitting: fitting)
        try expectPermission(prepared, context)
        if prepared.rule.kind == .pulse { try await expectFallenBack(prepared) }
        if isNeedless(prepared) {
            addCheck(prepared, context)
            return
        }
        try await restBetweenWrites(context)
        try await send(prepared, context)
        addCheck(prepared, context)
    }

    /// Reads on while the device needs its pause between two writes; a write that waits on the bus would keep the device
    /// from being read all that time. The last request before the write is over when the pause is.
    private func restBetweenWrites(_ context: WriteContext) async throws(DriverError) {
        guard context.cause == .command, let block = context.block, timing.writeGap > timing.minGap,
            let last = frames.last?.time
        else { return }
        let end = last.advanced(by: timing.writeGap - timing.minGap)
        if end > clock.now { try await pause(until: end, in: block) }
    }

    /// Encodes a value and asks whether it may be written now.
    func prepare(
        _ name: String, _ value: WriteValue, isLowering: Bool, fitting: Fitting = .plain
    ) throws(DriverError) -> PreparedWrite {
        if let bar = writeBar { throw bar }
        guard let position = board.position(name), let rule = board.points[position].definition.write else {
            throw .unsupported("\(name) cannot be written")
        }
        if board.states[position].presence == .absent || board.states[position].isRefused {
            throw .refused("this device does not have \(name)")
        }
        if board.states[position].presence == .unknown, !isLowering {
            throw .refused("it is not known yet whether this device has \(name)")
        }
        board.now = clock.now
        let definition = board.points[position].definition
        do throws(WriteRefusal) {
            if !isLowering { try definition.checkCondition(in: board) }
            return PreparedWrite(
                position: position, rule: rule, encoded: try encoded(value, of: definition, fitting: fitting))
        } catch {
            throw .refused("\(error)")
        }
    }

    private func encoded(
        _ value: WriteValue, of definition: PointDefinition, fitting: Fitting
    ) throws(WriteRefusal) -> EncodedWrite {
        let known: Value
        switch value {
        case .raw(let raw): return try definition.encodeRaw(raw, in: board)
        case .value(let value): known = value
        case .expression(let expression): known = try evaluated(expression, for: definition.name)
        }
        switch (fitting, known) {
        case (.setPoint, .number(let number)): return try definition.encodeSetPoint(number, in: board)
        case (.off, _): return try definition.encodeOff(known, in: board)
        default: return try definition.encode(known, in: board)
        }
    }

    private func evaluated(_ expression: Expression, for name: String) throws(WriteRefusal) -> Value {
        guard let value = expression.evaluate(in: board).value else { throw .conversionUnknown(point: name) }
        return value
    }

    /// Whether the device already has the value and writing it would wear its memory.
    private func isNeedless(_ write: PreparedWrite) -> Bool {
        guard write.rule.persist != .ram, write.rule.kind == .state || write.rule.kind == .setting else { return false }
        return isShown(write)
    }

    /// Whether the last reading of a point is what would be written: the same words where it is read at the same place,
    /// for one value can have several raws, else the same value.
    func isShown(_ write: PreparedWrite) -> Bool {
        let state = board.states[write.position]
        guard board.points[write.position].place == write.rule.place else {
            return board.quality(of: write.position) == .good && state.value == write.encoded.value
        }
        guard state.hasAnswered, state.quality <= .noData, state.words.count == write.encoded.words.count else {
            return false
        }
        return state.words == write.encoded.merged(into: state.words)
    }

    /// A pulse must have fallen back to 0 before the next.
    private func expectFallenBack(_ write: PreparedWrite) async throws(DriverError) {
        guard board.points[write.position].place != nil else { return }
        guard await readNow([write.position], urgency: .setPoint) else { throw lost() }
        let value = board.states[write.position].value
        guard value == .number(0) || value == .bool(false) else {
            throw .refused("\(board.points[write.position].name) has not fallen back to 0 since it was last written")
        }
    }

    // MARK: Sending

    /// Sends a write with the repeats of the profile and waits for its acknowledgement.
    func send(_ write: PreparedWrite, _ context: WriteContext) async throws(DriverError) {
        try await spendWear(write, context)
        let name = board.points[write.position].name
        var attempt = 0
        let last = write.rule.kind == .command || write.rule.kind == .pulse ? 0 : attempts
        while true {
            let failure: LinkError
            do throws(LinkError) {
                try await transmit(write, context)
                noteWritten(write, context)
                return
            } catch {
                failure = error
            }
            switch failure {
            case .exception(5), .exception(6):
                life.transaction = clock.now
                if attempt >= last { throw .refusedByDevice("\(name): \(failure)") }
                await hold(until: clock.now.advanced(by: timing.busy))
            case .exception(10), .exception(11), .timeout, .garbled:
                if attempt >= last { throw silent("\(failure)", heard: true) }
            case .disconnected:
                if attempt >= last { throw silent("\(failure)", heard: true) }
            case .unreachable: throw silent("\(failure)", heard: false)
            case .exception:
                life.transaction = clock.now
                throw .refusedByDevice("the device refused \(name): \(failure)")
            case .refused: throw .refused("\(name) \(failure)")
            case .cancelled, .closed: throw .closed
            }
            if connection.isClosed { throw .closed }
            attempt += 1
        }
    }

    private func silent(_ reason: String, heard: Bool) -> DriverError {
        fellSilent(reason, heard: heard)
        return lost()
    }

    /// One attempt; the frame is logged when it may have left.
    private func transmit(_ write: PreparedWrite, _ context: WriteContext) async throws(LinkError) {
        let place = write.rule.place
        let options = RequestOptions(urgency: .setPoint, timeout: timing.timeout, gaps: gaps)
        let address = UInt16(clamping: place.address)
        if let mask = write.encoded.mask, let bits = write.encoded.words.first, !place.table.isBits {
            let word = try await link.modify(
                address, unit: unit, mask: mask, bits: bits & mask, function: write.rule.function, options: options)
            noteFrame(WriteRequest(function: write.rule.function, address: address, words: [word]), context)
            return
        }
        var words = write.encoded.words
        if write.encoded.masks != nil {
            let request = ReadRequest(place.table, at: address, count: UInt16(clamping: words.count))
            words = write.encoded.merged(into: try await link.read(request, unit: unit, options: options))
        }
        let request = WriteRequest(function: write.rule.function, address: address, words: words)
        do throws(LinkError) {
            try await link.write(request, unit: unit, options: options)
            noteFrame(request, context)
        } catch {
            switch error {
            case .unreachable, .refused, .cancelled, .closed: break
            case .exception, .timeout, .garbled, .disconnected: noteFrame(request, context)
            }
            throw error
        }
    }

    private func noteFrame(_ request: WriteRequest, _ context: WriteContext) {
        context.frames.append("\(request)")
        frames.append(WrittenFrame(request: request, cause: context.cause, time: clock.now))
        if frames.count > ProfileEngine.framesKept { frames.removeFirst(frames.count - ProfileEngine.framesKept) }
    }

    /// How many written frames are kept.
    private static let framesKept = 10_000

    private func noteWritten(_ write: PreparedWrite, _ context: WriteContext) {
        let now = clock.now
        let name = board.points[write.position].name
        life.heardWrite(at: now)
        if name == current.control.charge?.set { life.setPoint = now }
        if name == current.keepAlive?.token?.point { life.token = now }
        writes.note(name, words: write.encoded.words, value: write.encoded.value, at: now)
        if let block = context.block, write.rule.settle > .zero {
            let end = now.advanced(by: write.rule.settle)
            writes.restsUntil[block] = max(writes.restsUntil[block] ?? end, end)
        }
    }

    /// Takes note of what has to be read back, and until when.
    private func addCheck(_ write: PreparedWrite, _ context: WriteContext) {
        guard let rule = write.rule.verify else { return }
        let by = rule.by.flatMap { board.position($0) } ?? write.position
        let shown = board.points[by]
        guard shown.place != nil || shown.definition.isDerived else { return }
        context.checks.removeAll { $0.point == write.position }
        context.checks.append(
            .init(
                point: write.position, by: by, written: write.encoded,
                comparesWords: by == write.position && shown.place == write.rule.place, rule: rule, time: clock.now))
    }
}
