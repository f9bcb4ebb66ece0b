import DriverAPI
import OCPP

extension StationRunner {
    /// Tells the station what the boxes show.
    func read(_ states: [DeviceState]) {
        for (connector, id) in setup.boxes.sorted(by: { $0.key < $1.key }) {
            guard let box = states.first(where: { $0.entry.id == id }) else { continue }
            let meter = states.first { $0.isInUse && $0.entry.role == .box && $0.entry.of == id }
            if !box.isInUse {
                take(.boxLost(connector: connector, reason: "the site does not use the box"))
            } else if let reading = BoxReader.reading(box, meter: meter) {
                read(connector, box, meter, reading)
            }
        }
    }

    private func read(
        _ connector: Int, _ box: DeviceState, _ meter: DeviceState?, _ reading: Result<BoxReading, BoxSilence>
    ) {
        if let tag = readers.tag(box) { take(.tag(connector: connector, idTag: tag)) }
        switch reading {
        case .failure(let silence): take(.boxLost(connector: connector, reason: silence.description))
        case .success(let reading):
            let register = BoxReader.register(box, meter)
            let verdict = refresh.verdict(
                connector, reading.pilot, energyAt: register?.time,
                hasTransaction: station.transaction(of: connector) != nil, at: clock.now)
            if verdict == .tell || verdict == .tellAndRead { take(.box(connector: connector, reading)) }
            guard verdict == .readFirst || verdict == .tellAndRead, let register else { return }
            Task {
                await readNow(meter?.entry.id ?? box.entry.id, register.point)
                refresh.ended(connector)
            }
        }
    }
}
