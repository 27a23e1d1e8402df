/// What must happen on an open connection for the target to be well.
struct WebSocketExpectations: Hashable, Sendable {
    /// Sent right after the connection opened.
    var message: String?
    /// A text that some message of the server must contain.
    var reply: String?
    /// The code with which the server must close.
    var closeCode: Int?
    /// Whether a ping is sent, which the server must answer.
    var pings = true
    /// How long the connection must stay open where neither a reply nor a close is expected.
    var hold = Duration.seconds(1)
}
