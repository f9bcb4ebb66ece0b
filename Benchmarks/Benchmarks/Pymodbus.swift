import Foundation

/// The Python library pymodbus, reading one float after the other.
enum Pymodbus {
    private static let program = """
        import sys, time
        from pymodbus.client import ModbusTcpClient
        port, addresses = int(sys.argv[1]), [int(a) for a in sys.argv[2:]]
        client = ModbusTcpClient("127.0.0.1", port=port)
        client.connect()
        best = 1e9
        for _ in range(20):
            begin = time.perf_counter()
            for address in addresses:
                words = client.read_input_registers(address, count=2, device_id=1).registers
                client.convert_from_registers(words, client.DATATYPE.FLOAT32)
            best = min(best, time.perf_counter() - begin)
        print(len(addresses) / best)
        """

    /// How many values it reads in a second, in the quickest of 20 rounds; nil when no Python is named.
    static func valuesPerSecond(_ addresses: [Int], port: Int) throws -> Double? {
        guard let python = PythonPeer.python else { return nil }
        let text = try PythonPeer(python, program, ["\(port)"] + addresses.map(String.init)).text()
        guard let rate = Double(text.trimmingCharacters(in: .whitespacesAndNewlines)) else {
            throw BenchmarkFailure("pymodbus gave no figure")
        }
        return rate
    }
}
