import LookoutModel

/// The control port: faults in and out by HTTP, and a sink that keeps what receivers post.
///
///     GET    /faults                     the injected faults
///     POST   /faults                     body `production.backend=503` injects one
///     DELETE /faults                     mends everything
///     DELETE /faults/production          mends an environment
///     DELETE /faults/production.backend  mends a part
///     POST   /faults                     body `netlify=401` breaks a provider
///     DELETE /faults/netlify             mends a provider
///     POST   /pushes                     body `main frontend=staging-host`: a commit with these flaws on a branch
///     POST   /sink                       keeps the body
///     GET    /sink                       what was kept, oldest first
struct DemoControl: DemoSite {
    unowned let stack: DemoStack

    func reply(to request: DemoRequest) async -> DemoReply {
        switch (request.method, request.path) {
        case ("GET", "/faults"): return list()
        case ("POST", "/faults"): return inject(String(decoding: request.body, as: UTF8.self))
        case ("DELETE", let path) where path == "/faults" || path.hasPrefix("/faults/"):
            return mend(String(path.dropFirst("/faults/".count)))
        case ("POST", "/pushes"): return push(String(decoding: request.body, as: UTF8.self))
        case ("POST", "/sink"):
            stack.receive(String(decoding: request.body, as: UTF8.self))
            return DemoReply(200, body: "ok\n")
        case ("GET", "/sink"):
            return .json(200, JSONValue.array(stack.received.map(JSONValue.string)).jsonText)
        default:
            return DemoReply(404, body: "GET, POST, DELETE /faults; POST /pushes; GET, POST /sink\n")
        }
    }

    private func list() -> DemoReply {
        let texts = stack.faults.map(\.description) + stack.providerFaults.map(\.description)
        return .json(200, JSONValue(texts).jsonText)
    }

    private func inject(_ text: String) -> DemoReply {
        let word = text.split(whereSeparator: \.isWhitespace).joined()
        if word.hasSuffix("=ok") { return mend(String(word.dropLast("=ok".count))) }
        do {
            if ProviderName(rawValue: String(word.prefix { $0 != "=" })) != nil {
                stack.inject(try ProviderFault(parsing: word))
            } else {
                stack.inject(try DemoFault(parsing: word))
            }
            return list()
        } catch {
            return DemoReply(400, body: "\(error)\n")
        }
    }

    private func mend(_ place: String) -> DemoReply {
        if let provider = ProviderName(rawValue: place) {
            stack.mend(provider)
            return list()
        }
        let names = place.split(separator: ".", maxSplits: 1).map(String.init)
        if let environment = names.first, !DemoStack.environments.contains(environment) {
            return DemoReply(404, body: "there is no environment \"\(environment)\"\n")
        }
        let part = names.count == 2 ? DemoPart(rawValue: names[1]) : nil
        if names.count == 2, part == nil { return DemoReply(404, body: "there is no part \"\(names[1])\"\n") }
        stack.mend(environment: names.first, part: part)
        return list()
    }

    private func push(_ text: String) -> DemoReply {
        let words = text.split(whereSeparator: \.isWhitespace).map(String.init)
        do {
            let flaws = try words.dropFirst().map { word throws(DemoFaultError) in try DemoFlaw(parsing: word)
            }
            let commit = stack.scene.change { scene, now in
                scene.push(DemoChange(flaws: Set(flaws)), to: words.first ?? "main", at: now)?.id
            }
            guard let commit else { return DemoReply(404, body: "there is no such branch\n") }
            return .json(201, ["commit": .string(commit)])
        } catch {
            return DemoReply(400, body: "\(error)\n")
        }
    }
}
