import OCPP
import Testing

@Suite("Station: a changed site file")
struct ReconfigurationTests {
    private func configuration(_ connectors: [StationConnector]) -> StationConfiguration {
        StationConfiguration(boot: TestStation.boot, connectors: connectors)
    }

    @Test func aNewBoxIsAConnectorAtOnce() {
        var site = TestStation([TestStation.box(1)])
        site.boot()
        site.forgetAll()
        site.give(.reconfigured(configuration([TestStation.box(1), TestStation.box(2)])))
        site.read(2, .a)
        #expect(site.statuses(2) == [.unavailable, .available])
        #expect(site.station.keys.value("NumberOfConnectors") == "2")
    }

    @Test func aBoxThatIsGoneStaysUnavailableAndItsTransactionIsStopped() {
        var site = TestStation()
        site.boot()
        site.charge(2, energy: 1000)
        site.read(2, .c, energy: 1700)
        site.forgetAll()
        site.give(.reconfigured(configuration([TestStation.box(1)])))
        #expect(site.stops.map(\.meterStop) == [1700])
        #expect(site.stops.map(\.reason) == [.other])
        #expect(site.statuses(2) == [.unavailable])
        #expect(site.station.output(of: 2) == nil)
        #expect(site.ask(RemoteStartTransactionRequest(connectorId: 2, idTag: "TAG"))?.status == .rejected)
        #expect(site.ask(ChangeAvailabilityRequest(connectorId: 2, type: .operative))?.status == .rejected)
        site.pass(.seconds(100))
        #expect(site.stops.count == 1)
    }

    @Test func aStartOnItsWayToTheDiskIsStoppedToo() {
        var site = TestStation()
        site.boot()
        site.storesAtOnce = false
        site.read(2, .b, energy: 1500)
        site.present("TAG", 2)
        site.give(.reconfigured(configuration([TestStation.box(1)])))
        #expect(site.stops.isEmpty)
        site.store(site.queue[0])
        #expect(site.stops.map(\.meterStop) == [1500])
    }

    @Test func aStopOnItsWayToTheDiskIsNotMadeTwice() {
        var site = TestStation()
        site.boot()
        site.charge(2)
        site.storesAtOnce = false
        site.forgetAll()
        site.give(.stop(connector: 2, .local))
        site.give(.reconfigured(configuration([TestStation.box(1)])))
        site.store(site.queue[0])
        site.pass(.seconds(100))
        #expect(site.stops.count == 1)
    }

    @Test func aChangedMaximumCountsAtOnce() {
        var site = TestStation([TestStation.box(1)])
        site.boot()
        var smaller = TestStation.box(1)
        smaller.maximum = 16
        site.charge()
        site.give(.reconfigured(configuration([smaller])))
        #expect(site.station.output(of: 1) == ConnectorOutput(mayCharge: true, current: 16))
        #expect(site.stops.isEmpty)
    }

    @Test func aConnectorThatBecomesASlaveWaitsForIt() {
        var site = TestStation([TestStation.box(1), TestStation.box(2)])
        site.boot()
        site.forgetAll()
        site.give(.reconfigured(configuration([TestStation.box(1), TestStation.slave(2)])))
        #expect(site.statuses(2) == [.unavailable])
        #expect(site.set("ConnectionTimeOut", "15") == .accepted)
    }
}
