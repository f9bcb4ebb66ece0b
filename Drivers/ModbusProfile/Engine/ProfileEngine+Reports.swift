import DeviceProfiles
import DriverAPI

extension ProfileEngine {
    /// Reports the state of the connection and the last frame, where they are news; frames first, for the booking.
    func reportContact() {
        if let last = link.lastFrame(to: unit), last != reportedFrame {
            reportedFrame = last
            report(.frame(last))
        }
        if contact.linkState != reportedLink {
            reportedLink = contact.linkState
            report(.link(contact.linkState))
        }
    }

    /// Brings derived points up to date and reports everything that is new.
    func publish() -> [Reading] {
        board.now = clock.now
        board.settle()
        let readings = board.takeRenewed()
        if !readings.isEmpty { report(.readings(readings)) }
        reportContact()
        if connection.isSetUp, board.isDescriptionOld {
            board.isDescriptionOld = false
            let description = deviceDescription
            if description != reportedDescription {
                reportedDescription = description
                report(.described(description))
            }
        }
        return readings
    }

    /// Reports and logs what the operator must know.
    func alarm(_ text: String) {
        report(.alarm(text))
        log(.warning, text)
    }
}
