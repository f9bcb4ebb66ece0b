import DriverAPI
import Glibc
import Host
import Modbus

/// `proxy`
enum ProxyCommand: Subcommand {
    static let name = "proxy"
    static let summary = "a TCP port behind which a serial line lies"
    static let accepted = Arguments.Accepted(values: ["listen", "to", "allow", "timeout"], flags: ["read-only"])
    static let help = """
        usage: chargehost proxy --listen ADDR --to ADDRESS [--allow IP]… [--read-only] [--timeout TIME]

        Lets Modbus TCP clients reach devices on a serial line, or at another TCP endpoint, until Ctrl-C. Many clients may
        ask at once; reads of the same registers within 200 ms are asked once.

          --listen ADDR    where it listens: 0.0.0.0:4801; port 0 takes a free one, which is printed
          --to ADDRESS     where it leads: /dev/ttyUSB0,9600,8,n,1, 192.168.2.40:502 or rtu+tcp://192.168.2.7:4196
          --allow IP       only this client; several may be given
          --read-only      nothing is written: writes are answered with exception 1
          --timeout TIME   how long a device may take to answer; default 1s

        A running host has proxies of its own: see the key proxies of the site file.

        example: chargehost proxy --listen 0.0.0.0:4801 --to /dev/ttyUSB0,9600,8,n,1
        """

    static func run(_ arguments: Arguments) async throws -> ExitStatus {
        let listen = try listenAddress(try arguments.required("listen"))
        let endpoint = try endpoint(try arguments.required("to"))
        let allow = try (arguments.values["allow"] ?? []).map { text in
            guard let address = IPAddress.canonical(text) else {
                throw UsageError("--allow must be an IP address such as 192.168.2.10, not \"\(text)\"")
            }
            return address
        }
        var rules = ProxyRules(isReadOnly: arguments.flags.contains("read-only"))
        if let text = arguments.value("timeout") { rules.timeout = try timeout(text) }
        let signals = Signals()
        let bus = Bus(endpoint)
        defer { bus.close() }
        do throws(ServerError) {
            let server = try ModbusServer()
            let listener = try server.listen(
                on: listen.host, port: listen.port, rules: ListenerRules(allow: Set(allow)),
                deferring: ModbusProxy(to: bus, rules: rules))
            Console.out("\(ListenAddress(host: listener.host, port: listener.port)) leads to \(endpoint)")
            while let signal = await signals.next(), signal == SIGHUP {}
            server.close()
        } catch {
            throw CommandFailure(.fallsShort, "\(error)")
        }
        return .fine
    }

    private static func listenAddress(_ text: String) throws -> ListenAddress {
        do throws(AddressError) { return try ListenAddress(text) } catch { throw UsageError("--listen: \(error)") }
    }

    private static func endpoint(_ text: String) throws -> Endpoint {
        let address: Address
        do throws(AddressError) { address = try Address(text) } catch { throw UsageError("--to: \(error)") }
        guard let endpoint = address.endpoint else { throw UsageError("--to leads to Modbus, not to OCPP") }
        return endpoint
    }

    private static func timeout(_ text: String) throws -> Duration {
        guard let seconds = QuantityText.amount(text, .time), seconds > 0, seconds <= 60,
            let milliseconds = seconds.multiplied(by: 1000)?.floor.asInt
        else { throw UsageError("--timeout must be up to 60s, not \"\(text)\"") }
        return .milliseconds(milliseconds)
    }
}
