import DriverAPI
import Modbus
import Synchronization

/// One unit that masters ask: its registers behind a lock, and what is to be done after a write.
///
/// A write to flash registers is acknowledged when it is stored; where that fails it is exception 4, and nothing changed.
final class PowerBrainUnit<Block: RegisterBlock>: Sendable {
    private let block: Mutex<Block>
    /// By which the host proves who it is; nil where nobody is to ask.
    private let identity: IdentityRegisters?
    private let clock: any SiteClock
    private let store: @Sendable () async throws -> Void
    private let changed: @Sendable () -> Void

    /// Makes a unit; `store` keeps its present settings, and `changed` is called after every write.
    init(
        _ block: Block, identity: IdentityRegisters? = nil, clock: any SiteClock,
        store: @escaping @Sendable () async throws -> Void,
        changed: @escaping @Sendable () -> Void
    ) {
        self.block = Mutex(block)
        self.identity = identity
        self.clock = clock
        self.store = store
        self.changed = changed
    }

    /// Looks at the registers, or changes them.
    func withBlock<Result: Sendable>(_ body: (inout Block) -> Result) -> Result { block.withLock { body(&$0) } }

    /// Answers one request.
    func respond(_ pdu: [UInt8], reply: @escaping @Sendable (ModbusReply) -> Void) -> ModbusAnswer {
        let function = pdu.first ?? 0
        guard [3, 6, 16].contains(function) else {
            return .now(.pdu(ModbusException.illegalFunction.pdu(for: function)))
        }
        do throws(ModbusException) {
            let request = try ServerRequest(pdu: pdu)
            let now = clock.now
            if let words = try identity?.carryOut(request) { return .now(.pdu(request.answer(words))) }
            let outcome:
                Result<(words: [UInt16], before: PowerBrainSettings, after: PowerBrainSettings), ModbusException> =
                    block.withLock { block in
                        block.noteTraffic(at: now)
                        let before = block.settings
                        do throws(ModbusException) {
                            let words = try block.carryOut(request, at: now)
                            return .success((words, before, block.settings))
                        } catch {
                            return .failure(error)
                        }
                    }
            let (words, before, after) = try outcome.get()
            let answer = request.answer(words)
            guard case .write = request else { return .now(.pdu(answer)) }
            changed()
            guard before.flash != after.flash else { return .now(.pdu(answer)) }
            return keep(before, answer: answer, refusal: request.refusal(.deviceFailure), reply)
        } catch {
            return .now(.pdu(error.pdu(for: function)))
        }
    }

    private func keep(
        _ before: PowerBrainSettings, answer: [UInt8], refusal: [UInt8],
        _ reply: @escaping @Sendable (ModbusReply) -> Void
    ) -> ModbusAnswer {
        let store = store
        Task { [weak self] in
            do {
                try await store()
                reply(.pdu(answer))
            } catch {
                self?.block.withLock { $0.settings.take(flash: before) }
                reply(.pdu(refusal))
            }
        }
        // A write that was begun is stored whether or not its master waits.
        return .later {}
    }
}

extension PowerBrainSettings {
    /// Without the order, which is kept for safety and is no register.
    var flash: PowerBrainSettings {
        var settings = self
        settings.order = nil
        return settings
    }

    /// Takes all flash registers back.
    mutating func take(flash before: PowerBrainSettings) {
        let order = order
        self = before
        self.order = order
    }
}
