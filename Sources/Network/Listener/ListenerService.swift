/// What a listener does with a connection.
enum ListenerService {
    case http(HTTPHandler)
    case stream(StreamHandler, StreamOptions)
}
