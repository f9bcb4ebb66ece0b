/// Why a request is answered by the server itself; the connection is closed afterwards.
struct Refusal: Error {
    let status: HTTPStatus
    /// One sentence for the person at the other end.
    let text: String
    var headers: HTTPHeaders = [:]

    init(_ status: HTTPStatus, _ text: String, headers: HTTPHeaders = [:]) {
        self.status = status
        self.text = text
        self.headers = headers
    }

    var response: HTTPResponse {
        var response = HTTPResponse.text(text + "\n", status)
        for field in headers { response.headers.add(field.name, field.value) }
        return response
    }
}
