/// How long each phase of a run took.
///
/// A phase that did not take place is nil; each is its own
/// length, not a running total (as `probe_http_duration_seconds` of the blackbox exporter).
package struct Timings: Hashable, Sendable {
    /// Name resolution.
    package var dns: Duration?
    /// TCP connect.
    package var connect: Duration?
    /// TLS handshake.
    package var tls: Duration?
    /// From the request to the first byte of the answer.
    package var firstByte: Duration?
    /// From the first byte to the last.
    package var transfer: Duration?
    /// The whole run, from its start to its end.
    package var total: Duration

    package init(
        dns: Duration? = nil,
        connect: Duration? = nil,
        tls: Duration? = nil,
        firstByte: Duration? = nil,
        transfer: Duration? = nil,
        total: Duration = .zero
    ) {
        self.dns = dns
        self.connect = connect
        self.tls = tls
        self.firstByte = firstByte
        self.transfer = transfer
        self.total = total
    }
}
