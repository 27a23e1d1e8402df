import LookoutHTTP

/// `Sec-WebSocket-Accept`, by which a server shows that it has understood a handshake (RFC 6455 §4.2.2).
package enum WebSocketAccept {
    /// The value that belongs to a `Sec-WebSocket-Key`.
    package static func value(for key: String) -> String {
        Base64.encoded(SHA1.digest(Array((key + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11").utf8)))
    }
}
