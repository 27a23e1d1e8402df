package import LookoutModel

/// What a visitor of a backend meets at Render.
package enum DemoBackendAnswer: Sendable {
    /// Render's edge answers itself.
    case edge(DemoReply)
    case backend(DemoBackend, delay: Duration)
}

extension DemoCloud {
    /// The frontend that visitors get at a path; nil if nothing is published there.
    package func frontend(
        of environment: String,
        path: String,
        otherBackendURL: String,
        injected: Set<DemoFaultKind> = []
    ) -> DemoFrontend? {
        guard let place = places[environment], let site = netlify[site: place.netlifySite] else { return nil }
        var release = site.release
        if path.hasPrefix(NetlifyDeploy.permalinkPath) {
            let id = path.dropFirst(NetlifyDeploy.permalinkPath.count).prefix { $0 != "/" }
            release = site.build(String(id))
        }
        guard let release else { return nil }
        var frontend = DemoFrontend(
            backendURL: release.variables["VITE_BACKEND_URL"] ?? place.backendURL,
            foreignBackendURL: otherBackendURL,
            faults: injected.union(release.revision.faults(of: .frontend)),
            currentVersion: release.revision.version,
            build: String(release.revision.id.prefix(6))
        )
        frontend.slowness = release.revision.slowness(of: .frontend)
        frontend.failureShare = release.revision.failureShare(of: .frontend)
        return frontend
    }

    /// Who answers a visitor of a backend; counts as traffic.
    package mutating func backend(
        of environment: String,
        now: Timestamp,
        injected: (DemoPart) -> Set<DemoFaultKind> = { _ in [] }
    ) -> DemoBackendAnswer {
        guard let place = places[environment],
            let index = render.services.firstIndex(where: { $0.id == place.renderService })
        else { return .edge(DemoReply(404, headers: [("x-render-routing", "no-server")])) }
        switch render.services[index].route(at: now) {
        case .edge(let reply): return .edge(reply)
        case .instance(let release, let delay):
            return .backend(backend(release, environment, place, injected), delay: delay)
        }
    }

    /// The backend as its socket meets it: an instance that runs, without counting as traffic.
    package func socket(
        of environment: String,
        injected: (DemoPart) -> Set<DemoFaultKind> = { _ in [] }
    ) -> DemoChat {
        guard let place = places[environment], let service = render[service: place.renderService],
            let release = service.release, !service.isSuspended
        else { return .refuses(status: 503) }
        return backend(release, environment, place, injected).chat
    }

    private func backend(
        _ release: DemoRelease,
        _ environment: String,
        _ place: Place,
        _ injected: (DemoPart) -> Set<DemoFaultKind>
    ) -> DemoBackend {
        let project = supabase.projects.first { $0.reference == place.supabaseProject }
        let symptoms = DemoSymptoms(
            backend: release,
            environment: environment,
            frontend: place.frontendURL,
            hasDatabase: project?.hasDatabase ?? true
        )
        var backend = DemoBackend(
            allowedOrigins: symptoms.origins ?? [place.frontendURL],
            currentVersion: release.revision.version,
            faults: injected(.backend).union(symptoms.backend),
            corsFaults: injected(.cors).union(symptoms.cors),
            chatFaults: injected(.websocket).union(symptoms.chat)
        )
        backend.slowness = release.revision.slowness(of: .backend)
        backend.failureShare = release.revision.failureShare(of: .backend)
        return backend
    }
}

extension NetlifySiteState {
    /// A finished build, whether it is published or not.
    func build(_ id: String) -> DemoRelease? {
        deploy(id).flatMap { deploy in
            guard deploy.state == .ready || deploy.state == .old else { return nil }
            return DemoRelease(
                deploy: id,
                revision: deploy.revision,
                variables: deploy.variables,
                since: deploy.publishedAt ?? deploy.updatedAt
            )
        }
    }
}
