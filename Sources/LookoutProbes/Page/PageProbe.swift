import LookoutHTTP
package import LookoutModel
package import LookoutProbing

/// Loads a page with the scripts and styles that its HTML names, and searches them.
///
/// It runs no script, and says so.
package struct PageProbe: ProbeType {
    package static let name = "page"
    package static let summary =
        "Loads a page with its scripts and styles; checks time, assets and what is written in them."
    package static let facts = [
        FactField("final_url", .string, "The URL that answered, after redirects."),
        FactField("assets", .int, "How many scripts and styles were loaded."),
        FactField("asset_list", .dynamic, "Each of them: url, kind, status, bytes, seconds, fault."),
        FactField("broken_assets", .strings, "URLs of those that a browser could not use."),
        FactField("bundles", .strings, "File names of the scripts; with hashes in them they tell the build."),
        FactField("html_bytes", .int, "The length of the HTML."),
        FactField("bytes", .int, "The length of the HTML and all assets."),
        FactField("load_seconds", .double, "From the first request to the last answer."),
        FactField("markers_found", .strings, "The configured markers that were found."),
        FactField("foreign_hosts_found", .strings, "The forbidden hosts that were found."),
        FactField("places", .dynamic, "By marker or host: the URLs in which it was found."),
    ]

    /// Requests in flight at once; as many as browsers have per host.
    private static let concurrency = 6

    private let settings: PageProbeSettings

    package init(settings: PageProbeSettings) {
        self.settings = settings
    }

    package func run(_ context: ProbeContext) async -> ProbeResult {
        let deadline = RunDeadline(context)
        let page: HTTPResponse
        do {
            let request = settings.request(for: settings.url.url, isAsset: false, timeout: context.timeout)
            page = try await context.transport.send(request)
        } catch {
            return ProbeResult(error)
        }
        let base = WebURL(page.finalURL) ?? settings.url.url
        let references = PageReferences(html: page.body, url: base)
        let isExpected = settings.expectations.status.contains(page.statusCode)
        let assets =
            isExpected && settings.loadsAssets ? references.assets.prefix(settings.maximumAssets) : []
        let loads = await Array(assets).concurrentMap(limit: PageProbe.concurrency) { asset in
            await load(asset, of: base, context.transport, deadline)
        }
        let loadDuration = deadline.elapsed
        let version = await version(page, references, base, context.transport, deadline)
        let report = PageReport(
            page: page,
            references: references,
            loads: loads,
            loadDuration: loadDuration,
            settings: settings
        )
        return result(report, version: version, timeout: context.timeout, isLate: deadline.hasPassed)
    }

    private func load(
        _ asset: PageReferences.Asset,
        of page: WebURL,
        _ transport: any HTTPTransport,
        _ deadline: RunDeadline
    ) async -> PageAssetLoad {
        if page.scheme == "https", asset.url.scheme == "http", !asset.url.isLoopback {
            let error = TransferError(.target(.condition), "not loaded")
            return PageAssetLoad(asset: asset, result: .failure(error), isMixedContent: true)
        }
        do {
            let request = settings.request(for: asset.url, isAsset: true, timeout: deadline.remaining)
            return PageAssetLoad(asset: asset, result: .success(try await transport.send(request)))
        } catch {
            return PageAssetLoad(asset: asset, result: .failure(error))
        }
    }

    private func version(
        _ page: HTTPResponse,
        _ references: PageReferences,
        _ base: WebURL,
        _ transport: any HTTPTransport,
        _ deadline: RunDeadline
    ) async -> String? {
        switch settings.version {
        case nil: return nil
        case .meta(let name): return references.metas[name.lowercased()]
        case .header(let name): return page.headers.first(named: name)
        case .file(let reference, let path):
            guard let url = WebURL(reference, relativeTo: base), url.isHTTP else { return nil }
            let request = settings.request(for: url, isAsset: true, timeout: deadline.remaining)
            guard let response = try? await transport.send(request),
                (200...299).contains(response.statusCode),
                let json = try? JSONValue(parsing: response.body)
            else { return nil }
            return VersionSource.json(path).version(headers: [], json: json)
        }
    }

    private func result(
        _ report: PageReport,
        version: String?,
        timeout: Duration,
        isLate: Bool
    ) -> ProbeResult {
        var timings = report.page.timings
        timings.total = report.loadDuration
        return ProbeResult(
            outcome(report, timeout: timeout, isLate: isLate),
            timings: timings,
            statusCode: report.page.statusCode,
            version: version,
            observation: Observation(
                headers: report.page.headers,
                body: report.page.body,
                certificates: report.page.certificates,
                facts: report.facts,
                findings: report.findings
            )
        )
    }

    /// An error of our own side and a deadline that passed come before what the page lacks.
    private func outcome(_ report: PageReport, timeout: Duration, isLate: Bool) -> Outcome {
        let errors = report.loads.compactMap { load in
            if case .failure(let error) = load.result { error } else { nil }
        }
        for error in errors {
            if case .target = error.cause { continue }
            return error.outcome
        }
        let missing = errors.count { $0.cause == .target(.timeout) }
        guard isLate, missing > 0 else { return report.outcome }
        let words =
            "the page was not loaded within \(timeout.seconds): \(missing) of \(report.loads.count) assets are missing"
        return .failed(Failure(.timeout, words))
    }
}

extension WebURL {
    /// Whether the host is this machine: browsers trust it without TLS.
    var isLoopback: Bool {
        host == "localhost" || host.hasSuffix(".localhost") || host.hasPrefix("127.") || host == "[::1]"
    }
}
