import OCPP
import OCPPSlave
import Storage
import TestTools
import Testing

@testable import Host

/// A stop names no connector: it ends the transaction it is meant for, on a box with two of them too.
@Suite struct SlaveStopTests {
    private final class Yard: Sendable {
        private let folder: TemporaryFolder
        let storage: SiteStorage
        let desk: SlaveDesk
        let noon = Timestamp(seconds: 1_780_000_000)

        init() async throws {
            folder = try TemporaryFolder("slaves")
            storage = try await SiteStorage(path: folder.path + "/site.sqlite")
            let queue = try await storage.transactionQueue(
                for: Backend(url: "ws://csms", chargePoint: "SITE"), limits: QueueLimits(ballast: 0))
            desk = SlaveDesk(storage: storage, log: HostLog()) { _ in }
            var context = SlaveDesk.Context(queue: queue)
            context.places[try Self.place(1)] = SlaveDesk.Place(number: 3, device: "yard")
            context.places[try Self.place(2)] = SlaveDesk.Place(number: 4, device: "gate")
            await desk.replace(context)
        }

        static func place(_ connector: Int) throws -> SlaveConnector {
            SlaveConnector(slave: try #require(ChargePointID("BOX7")), connector: connector)
        }

        /// Begins one, `second` seconds after noon; its local id.
        @inline(never) func start(_ connector: Int, _ tag: String, _ meter: Int, _ second: Int = 0) async throws -> Int
        {
            let request = StartTransactionRequest(
                connectorId: connector, idTag: tag, meterStart: meter, timestamp: noon.advanced(bySeconds: second))
            return try await desk.start(request, at: try Self.place(connector)).id
        }

        /// Ends one by its id, as the hub passes it on when it thinks that it is connector `guess`.
        @inline(never) func stop(_ id: Int, _ meter: Int, _ second: Int, tag: String? = nil, guess: Int) async throws {
            _ = try await desk.stop(
                StopTransactionRequest(
                    idTag: tag, meterStop: meter, timestamp: noon.advanced(bySeconds: second), transactionId: id),
                at: try Self.place(guess))
        }

        @inline(never) func meterStop(_ id: Int) async throws -> Int? { try await storage.transaction(id)?.meterStop }
    }

    @Test func aRepeatedStopDoesNotEndWhatRunsOnTheOtherConnector() async throws {
        let yard = try await Yard()
        let ended = try await yard.start(1, "A", 100)
        let running = try await yard.start(2, "B", 200)
        try await yard.stop(ended, 150, 60, guess: 1)
        // The host was killed before it answered; for the next one only the other transaction is open.
        try await yard.stop(ended, 150, 60, guess: 2)
        let meters = [try await yard.meterStop(ended), try await yard.meterStop(running)]
        #expect(meters == [150, nil])
        let undelivered = try await yard.storage.undelivered()
        #expect(undelivered.isEmpty)
    }

    @Test func aStopWithoutAnIdEndsTheOneItsMeterFits() async throws {
        let yard = try await Yard()
        let low = try await yard.start(1, "A", 1_000)
        let high = try await yard.start(2, "B", 500_000)
        try await yard.stop(-1, 500_700, 60, guess: 1)
        #expect(try await yard.meterStop(high) == 500_700)
        #expect(try await yard.meterStop(low) == nil)
        // Said once more, it is the same stop and ends nothing else.
        try await yard.stop(-1, 500_700, 60, guess: 1)
        #expect(try await yard.meterStop(low) == nil)
        try await yard.stop(-1, 1_300, 90, guess: 1)
        #expect(try await yard.meterStop(low) == 1_300)
        #expect(try await yard.storage.undelivered().isEmpty)
    }

    @Test func theCardOfAStopWithoutAnIdTellsWhoseItIs() async throws {
        let yard = try await Yard()
        let one = try await yard.start(1, "A", 1_000)
        let other = try await yard.start(2, "B", 1_100)
        try await yard.stop(-1, 1_500, 60, tag: "A", guess: 2)
        #expect(try await yard.meterStop(one) == 1_500)
        #expect(try await yard.meterStop(other) == nil)
    }

    @Test func aStopThatFitsNothingIsKeptWithTheUndelivered() async throws {
        let yard = try await Yard()
        try await yard.stop(-1, 1_500, 60, guess: 1)
        #expect(try await yard.storage.undelivered().map(\.connector) == [3])
    }
}
