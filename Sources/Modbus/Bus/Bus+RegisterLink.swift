import DriverAPI
import ReadPlanning

extension Bus {
    /// Reads, and says when the request left and when its answer was there.
    public func answer(
        to request: ReadRequest, unit: UInt8, options: RequestOptions
    ) async throws(LinkError) -> Answer {
        try await one(.single(.read(request), unit: unit), options)
    }

    /// Writes and waits for the acknowledgement, which must repeat what was written.
    public func write(_ request: WriteRequest, unit: UInt8, options: RequestOptions) async throws(LinkError) {
        _ = try await one(.single(.write(request), unit: unit), options)
    }

    /// Reads, changes and writes one holding register, by function 6 or 16, with nothing between on the line.
    public func modify(
        _ address: UInt16, unit: UInt8, mask: UInt16, bits: UInt16, function: UInt8, options: RequestOptions
    ) async throws(LinkError) -> UInt16 {
        guard function == 6 || function == 16 else { throw .refused("function \(function) writes no register") }
        let modification = BusEntry.Modification(address: address, mask: mask, bits: bits, function: function)
        let answer = try await one(.modify(modification, unit: unit), options)
        guard let word = answer.words.first else { throw .garbled("no register") }
        return word
    }

    /// Reads many requests in one go, in their order; one result each.
    public func read(_ batch: [UnitRead], options: RequestOptions) async -> [Result<Answer, LinkError>] {
        batch.isEmpty ? [] : await submit(.batch(batch), options)
    }

    /// Sends a PDU as it is and gives back the one that answers; a refusal is thrown as an exception.
    ///
    /// For a proxy. Anything but functions 1 to 4 counts as a write and is not repeated.
    public func exchange(pdu: [UInt8], unit: UInt8, options: RequestOptions) async throws(LinkError) -> [UInt8] {
        if endpoint.isRTU, let function = pdu.first, ![1, 2, 3, 4, 5, 6, 15, 16, 17, 22, 23].contains(function) {
            throw .refused("the length of an answer to function \(function) is not known on a serial line")
        }
        return try await one(.single(.raw(pdu), unit: unit), options).words.map { UInt8(truncatingIfNeeded: $0) }
    }

    private func one(_ work: BusEntry.Work, _ options: RequestOptions) async throws(LinkError) -> Answer {
        guard let result = await submit(work, options).first else { throw .closed }
        return try result.get()
    }
}
