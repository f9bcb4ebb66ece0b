import Foundation

/// The end of what a program says, read from its pipe: the end is what tells.
struct LastWords {
    private static let length = 500

    private let descriptor: Int32
    private var bytes: [UInt8] = []
    private var isOver = false

    /// What comes out of `descriptor`, which stays open for as long.
    init(_ descriptor: Int32) { self.descriptor = descriptor }

    var text: String { String(decoding: bytes, as: UTF8.self) }

    /// Waits for so long for some more; whether there was any.
    @discardableResult
    mutating func listen(milliseconds: Int32) -> Bool {
        guard !isOver else {
            usleep(UInt32(milliseconds) * 1000)
            return false
        }
        var event = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
        guard poll(&event, 1, milliseconds) > 0 else { return false }
        var buffer = [UInt8](repeating: 0, count: 4096)
        let count = read(descriptor, &buffer, buffer.count)
        guard count > 0 else {
            isOver = count == 0
            return false
        }
        bytes = (bytes + buffer[..<count]).suffix(Self.length)
        return true
    }
}
