import CWebSockets

/// The one callback of the library: top-level and nonisolated, called on the loop's thread only.
///
/// What it is called for is found by the number that was attached when the socket was given to the library.
func loopCallback(
    _ wsi: OpaquePointer?, _ reason: lws_callback_reasons, _ user: UnsafeMutableRawPointer?,
    _ bytes: UnsafeMutableRawPointer?, _ count: Int
) -> Int32 {
    switch reason {
    case LWS_CALLBACK_RAW_RX, LWS_CALLBACK_RAW_WRITEABLE, LWS_CALLBACK_RAW_CLOSE, LWS_CALLBACK_RAW_RX_FILE,
        LWS_CALLBACK_RAW_CLOSE_FILE:
        break
    default: return 0
    }
    guard let wsi, let context = lws_get_context(wsi), let owner = lws_context_user(context) else { return 0 }
    let core = Unmanaged<LoopCore>.fromOpaque(owner).takeUnretainedValue()
    let id = UInt64(UInt(bitPattern: lws_get_opaque_user_data(wsi)))
    switch reason {
    case LWS_CALLBACK_RAW_RX: return core.received(id, UnsafeRawBufferPointer(start: bytes, count: count)) ? 0 : -1
    case LWS_CALLBACK_RAW_WRITEABLE: return core.writable(id) ? 0 : -1
    case LWS_CALLBACK_RAW_CLOSE: core.closed(id)
    case LWS_CALLBACK_RAW_RX_FILE: core.accept(id)
    case LWS_CALLBACK_RAW_CLOSE_FILE: core.listenerClosed(id)
    default: break
    }
    return 0
}
