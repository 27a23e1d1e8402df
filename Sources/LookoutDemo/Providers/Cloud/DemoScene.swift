package import LookoutModel

/// A part of the simulated stack that answers requests.
package enum DemoPlace: Hashable, Sendable {
    case frontend(String)
    case backend(String)
    case provider(ProviderName)
}

/// The whole simulated stack as a value: the sites of both environments, their faults, and the providers.
///
/// `DemoStack` puts it on ports; a scenario asks it directly, in virtual time.
package struct DemoScene: Sendable {
    package let addresses: [String: DemoAddresses]
    package private(set) var faults: Set<DemoFault> = []
    /// Nil for a stack without providers, whose sites are always the same build.
    package var cloud: DemoCloud?
    /// What the latency of a place is multiplied by, beside what its release does.
    package var slowness: [DemoPlace: Double] = [:]
    private var chance = DemoChance(seed: 20_250_820)

    package init(addresses: [String: DemoAddresses], cloud: DemoCloud? = nil) {
        self.addresses = addresses
        self.cloud = cloud
    }

    package mutating func inject(_ fault: DemoFault) {
        faults.insert(fault)
    }

    /// Mends a part of an environment, or all parts, or everything; returns what was broken.
    @discardableResult
    package mutating func mend(environment: String? = nil, part: DemoPart? = nil) -> Set<DemoFault> {
        let mended = faults.filter {
            $0.environment == environment ?? $0.environment && $0.part == part ?? $0.part
        }
        faults.subtract(mended)
        return mended
    }

    /// Whether somebody listens there.
    package func isListening(_ place: DemoPlace) -> Bool {
        switch place {
        case .frontend(let environment): !injected(.frontend, environment).contains(.down)
        case .backend(let environment): !injected(.backend, environment).contains(.down)
        case .provider(let name): cloud.map { !$0.faults.contains(ProviderFault(name, .down)) } ?? false
        }
    }

    package mutating func reply(to request: DemoRequest, at place: DemoPlace, now: Timestamp) -> DemoReply {
        var reply =
            switch place {
            case .frontend(let environment): frontendReply(to: request, environment, now)
            case .backend(let environment): backendReply(to: request, environment, now)
            case .provider(let name):
                cloud?.reply(of: name, to: request, now: now)
                    ?? DemoReply(404, body: "there are no providers\n")
            }
        reply.slowness *= slowness[place] ?? 1
        return reply
    }

    /// How a WebSocket handshake is taken; nil where there is no socket.
    package func chat(for request: DemoRequest, at place: DemoPlace) -> DemoChat? {
        guard case .backend(let environment) = place, request.path == "/ws/chat" else { return nil }
        if let cloud { return cloud.socket(of: environment) { injected($0, environment) } }
        return plainBackend(environment).chat
    }

    private func injected(_ part: DemoPart, _ environment: String) -> Set<DemoFaultKind> {
        Set(faults.filter { $0.part == part && $0.environment == environment }.map(\.kind))
    }

    private mutating func frontendReply(
        to request: DemoRequest,
        _ environment: String,
        _ now: Timestamp
    ) -> DemoReply {
        let faults = injected(.frontend, environment)
        let foreign = addresses.first { $0.key != environment }?.value.backend ?? ""
        guard cloud != nil else {
            let own = addresses[environment]?.backend ?? ""
            return DemoFrontend(backendURL: own, foreignBackendURL: foreign, faults: faults).reply(
                to: request
            )
        }
        cloud?.advance(to: now)
        let frontend = cloud?.frontend(
            of: environment,
            path: request.path,
            otherBackendURL: foreign,
            injected: faults
        )
        guard let frontend else {
            return DemoReply(
                404,
                headers: [("content-type", "text/plain")],
                body: "Not Found - Request ID: demo\n"
            )
        }
        var inside = request
        if request.path.hasPrefix(NetlifyDeploy.permalinkPath) {
            let below = request.target.dropFirst(NetlifyDeploy.permalinkPath.count).drop { $0 != "/" }
            inside.target = below.isEmpty ? "/" : String(below)
        }
        var reply = frontend.reply(to: inside)
        reply.slowness = frontend.slowness
        return chance.happens(frontend.failureShare) ? Self.failure(reply) : reply
    }

    /// The answer of a program that failed while it made this one.
    private static func failure(_ reply: DemoReply) -> DemoReply {
        var failure = DemoReply(
            500,
            headers: [("content-type", "text/plain")],
            body: "Internal Server Error\n"
        )
        (failure.delay, failure.slowness) = (reply.delay, reply.slowness)
        return failure
    }

    private mutating func backendReply(
        to request: DemoRequest,
        _ environment: String,
        _ now: Timestamp
    ) -> DemoReply {
        guard cloud != nil else { return plainBackend(environment).reply(to: request, now: now) }
        cloud?.advance(to: now)
        let faults = faults
        let answer = cloud?.backend(of: environment, now: now) { part in
            Set(faults.filter { $0.part == part && $0.environment == environment }.map(\.kind))
        }
        switch answer {
        case .edge(let reply)?: return reply
        case .backend(let backend, let delay)?:
            var reply = backend.reply(to: request, now: now)
            reply.delay += delay
            reply.slowness = backend.slowness
            return chance.happens(backend.failureShare) ? Self.failure(reply) : reply
        case nil: return DemoReply(404)
        }
    }

    private func plainBackend(_ environment: String) -> DemoBackend {
        DemoBackend(
            allowedOrigins: [addresses[environment]?.frontend ?? ""],
            faults: injected(.backend, environment),
            corsFaults: injected(.cors, environment),
            chatFaults: injected(.websocket, environment)
        )
    }
}
