import Testing

@testable import OCPP

@Suite struct SlaveTransactionsTests {
    @Test func aStopBelongsToTheConnectorOfItsId() {
        let transactions = SlaveTransactions([1: 70, 2: 71])
        #expect(transactions.connector(ofStop: 71, among: [1, 2]) == 2)
        #expect(transactions.connector(ofStop: 70, among: [1, 2]) == 1)
    }

    @Test func aStopWithoutAnIdBelongsToTheOnlyOpenTransaction() {
        #expect(SlaveTransactions([2: 71]).connector(ofStop: -1, among: [1, 2]) == 2)
        #expect(SlaveTransactions([2: 71]).connector(ofStop: 999, among: [1, 2]) == 2)
        #expect(SlaveTransactions([1: 70, 2: 71]).connector(ofStop: -1, among: [2, 1]) == 1)
        #expect(SlaveTransactions().connector(ofStop: -1, among: []) == 1)
    }

    @Test func aStopEndsItsOwnTransactionOnly() {
        var transactions = SlaveTransactions([1: 70, 2: 71])
        transactions.end(71, on: 2)
        #expect(transactions.open == [1: 70])
        // An old one that waited at the slave does not end the one that runs now.
        transactions.end(12, on: 1)
        #expect(transactions.open == [1: 70])
        transactions.end(-1, on: 1)
        #expect(transactions.open.isEmpty)
    }

    @Test func aRepeatedStartOpensNothingTwice() {
        var transactions = SlaveTransactions()
        transactions.begin(70, on: 1)
        transactions.begin(70, on: 1)
        #expect(transactions.open == [1: 70])
        transactions.begin(72, on: 1)
        #expect(transactions.open == [1: 72])
    }
}
