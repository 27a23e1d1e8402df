package import LookoutHTTP
package import LookoutModel
import Synchronization

/// A network inside of the process: what sites answer, with the time that it takes on the timekeeper's clock.
///
/// Probes and the clients of providers use it in place of libcurl. In virtual time half an hour of probing takes
/// a moment, and is the same each time.
package final class VirtualNetwork: HTTPTransport {
    private struct State {
        var sites: [String: any DemoSite] = [:]
        var latencies: [String: LatencyModel] = [:]
        var refusing: Set<String> = []
        var isOffline = false
    }

    private static let lookup = Duration.milliseconds(1)
    private static let connect = Duration.milliseconds(2)

    private let timekeeper: any Timekeeper
    private let state = Mutex(State())

    package init(timekeeper: any Timekeeper) {
        self.timekeeper = timekeeper
    }

    /// Puts a site behind `host` or `host:port`.
    package func add(_ site: any DemoSite, at authority: String, latency: LatencyModel = LatencyModel()) {
        state.withLock { state in
            state.sites[authority] = site
            state.latencies[authority] = latency
        }
    }

    /// Lets a site refuse connections, or accept them again.
    package func setRefusing(_ isRefusing: Bool, at authority: String) {
        state.withLock { state in
            if isRefusing { state.refusing.insert(authority) } else { state.refusing.remove(authority) }
        }
    }

    /// Takes the whole network away, or brings it back.
    package func setOffline(_ isOffline: Bool) {
        state.withLock { $0.isOffline = isOffline }
    }

    package func send(_ request: HTTPRequest) async throws(TransferError) -> HTTPResponse {
        let began = timekeeper.now.monotonic
        var request = request
        var redirects = 0
        while true {
            let address = try VirtualAddress(request.url)
            var response = try await exchange(request, address, began: began)
            guard redirects < request.maximumRedirects, (300...399).contains(response.statusCode),
                let location = response.headers.first(named: "location")
            else {
                response.redirects = redirects
                return response
            }
            redirects += 1
            let isElsewhere = try VirtualAddress(address.resolve(location)).authority != address.authority
            if isElsewhere { request.bearerToken = nil }
            request.url = address.resolve(location)
            if response.statusCode == 303 { (request.method, request.body) = ("GET", nil) }
        }
    }

    package func connect(_ request: ConnectionRequest) async throws(TransferError) -> any ByteStream {
        let began = timekeeper.now.monotonic
        let address = try VirtualAddress(request.url)
        let site = try await open(address, until: began + request.timeout)
        return VirtualStream(
            site: site,
            timekeeper: timekeeper,
            latency: nextLatency(of: address.authority),
            timings: Timings(
                dns: Self.lookup,
                connect: Self.connect,
                total: timekeeper.now.monotonic - began
            )
        )
    }

    private func exchange(
        _ request: HTTPRequest,
        _ address: VirtualAddress,
        began: Duration
    ) async throws(TransferError) -> HTTPResponse {
        let deadline = began + request.timeout
        let site = try await open(address, until: deadline)
        var headers = request.headers.map { (name: $0.name, value: $0.value) }
        if let token = request.bearerToken { headers.append(("Authorization", "Bearer \(token.reveal())")) }
        let asked = DemoRequest(
            method: request.method,
            target: address.target,
            headers: headers,
            body: request.body ?? []
        )
        let reply = await site.reply(to: asked)
        let wait = reply.delay + nextLatency(of: address.authority) * reply.slowness
        let due = timekeeper.now.monotonic + wait
        guard !reply.hangs, due <= deadline else {
            try await sleep(until: deadline)
            let seconds = request.timeout.components.seconds
            throw TransferError(.target(.timeout), "\(address.authority) did not answer within \(seconds) s")
        }
        try await sleep(until: due)
        let timings = Timings(
            dns: Self.lookup,
            connect: Self.connect,
            firstByte: wait,
            transfer: .zero,
            total: timekeeper.now.monotonic - began
        )
        return try response(to: request, reply, timings)
    }

    private func response(
        to request: HTTPRequest,
        _ reply: DemoReply,
        _ timings: Timings
    ) throws(TransferError) -> HTTPResponse {
        var body = request.method == "HEAD" ? [] : Array(reply.body.utf8)
        if let end = reply.cutAfter, end < body.count {
            throw TransferError(
                .target(.protocolViolation),
                "the answer ended before it was complete",
                timings: timings
            )
        }
        if body.count > request.maximumBodyBytes {
            guard request.cutsLongBody else {
                let limit = "\(request.maximumBodyBytes) bytes"
                throw TransferError(.target(.size), "the body is longer than \(limit)", timings: timings)
            }
            body = Array(body.prefix(request.maximumBodyBytes))
        }
        return HTTPResponse(
            statusCode: reply.status,
            headers: reply.headers.map { HeaderField($0.name, $0.value) },
            body: body,
            finalURL: request.url,
            timings: timings
        )
    }

    /// Connects: the site, after the time that this takes.
    private func open(
        _ address: VirtualAddress,
        until deadline: Duration
    ) async throws(TransferError) -> any DemoSite {
        let (site, isRefusing) = state.withLock { state in
            let site = state.isOffline ? nil : state.sites[address.authority]
            return (site, state.refusing.contains(address.authority))
        }
        try await sleep(until: min(deadline, timekeeper.now.monotonic + Self.lookup))
        guard let site else {
            throw TransferError(.target(.dns), "the name \(address.authority) cannot be resolved")
        }
        try await sleep(until: min(deadline, timekeeper.now.monotonic + Self.connect))
        guard !isRefusing else {
            throw TransferError(.target(.connect), "\(address.authority) refused the connection")
        }
        return site
    }

    private func nextLatency(of authority: String) -> Duration {
        state.withLock { $0.latencies[authority]?.next() } ?? .zero
    }

    private func sleep(until deadline: Duration) async throws(TransferError) {
        do {
            try await timekeeper.sleep(until: deadline)
        } catch {
            throw TransferError(.cancelled, "cancelled")
        }
    }
}
