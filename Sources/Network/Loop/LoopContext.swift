import CWebSockets

/// The library's context with its one virtual host; names and tables live as long as it does.
final class LoopContext {
    let context: OpaquePointer
    private let virtualHost: OpaquePointer
    private let protocols: UnsafeMutablePointer<lws_protocols>
    private let name: UnsafeMutablePointer<CChar>

    /// How many bytes are read or written at once.
    static let pieceSize = 32 << 10
    /// Up to this limit of open files the library finds a socket by its number in a table of that size.
    static let tableLimit = 65536

    /// Nil when there is no memory or descriptor left.
    init?(owner: UnsafeMutableRawPointer, sockets: Int) {
        guard let name = strdup("chargehost") else { return nil }
        let protocols = UnsafeMutablePointer<lws_protocols>.allocate(capacity: 2)
        protocols.initialize(repeating: lws_protocols(), count: 2)
        protocols[0].name = UnsafePointer(name)
        protocols[0].callback = loopCallback
        var info = lws_context_creation_info()
        info.port = CH_LWS_NO_LISTEN
        info.options = CH_LWS_EXPLICIT_VHOSTS
        info.gid = -1
        info.uid = -1
        info.user = owner
        info.pt_serv_buf_size = UInt32(LoopContext.pieceSize)
        info.fd_limit_per_thread = LoopContext.tableSize(sockets)
        info.protocols = UnsafePointer(protocols)
        info.vhost_name = UnsafePointer(name)
        guard let context = lws_create_context(&info) else {
            protocols.deallocate()
            free(name)
            return nil
        }
        guard let virtualHost = lws_create_vhost(context, &info) else {
            lws_context_destroy(context)
            protocols.deallocate()
            free(name)
            return nil
        }
        self.context = context
        self.virtualHost = virtualHost
        self.protocols = protocols
        self.name = name
    }

    deinit {
        lws_context_destroy(context)
        protocols.deallocate()
        free(name)
    }

    /// Gives a connected socket to the library, which closes it in the end, also when the result is nil.
    func adopt(socket: Int32, id: UInt64) -> OpaquePointer? { adopt(socket, LWS_ADOPT_SOCKET, id) }

    /// Gives a listening socket to the library as a file: it only says when there is something to accept.
    func adopt(listener: Int32, id: UInt64) -> OpaquePointer? {
        let wsi = adopt(listener, LWS_ADOPT_RAW_FILE_DESC, id)
        if wsi == nil { close(listener) }
        return wsi
    }

    private func adopt(_ descriptor: Int32, _ type: lws_adoption_type, _ id: UInt64) -> OpaquePointer? {
        var description = lws_adopt_desc_t()
        description.vh = virtualHost
        description.type = type
        description.fd.sockfd = descriptor
        description.vh_prot_name = UnsafePointer(name)
        description.opaque = UnsafeMutableRawPointer(bitPattern: UInt(id))
        return lws_adopt_descriptor_vhost_via_info(&description)
    }

    /// 0: the library makes a table of as many places as the process may have files. Where that is very many, it is
    /// told the number of sockets and looks through that many places instead.
    private static func tableSize(_ sockets: Int) -> UInt32 {
        var limit = rlimit()
        let known = getrlimit(__rlimit_resource_t(RLIMIT_NOFILE.rawValue), &limit) == 0
        return known && limit.rlim_cur <= rlim_t(tableLimit) ? 0 : UInt32(sockets + 64)
    }
}
