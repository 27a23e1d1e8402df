import LookoutHTTP
import LookoutModel

/// A page with what it loads, held against the settings: outcome, facts and findings.
struct PageReport: Sendable {
    let page: HTTPResponse
    let references: PageReferences
    let loads: [PageAssetLoad]
    /// From the first request to the last answer.
    let loadDuration: Duration
    let settings: PageProbeSettings
    private let markerPlaces: [String: [String]]
    private let hostPlaces: [String: [String]]

    init(
        page: HTTPResponse,
        references: PageReferences,
        loads: [PageAssetLoad],
        loadDuration: Duration,
        settings: PageProbeSettings
    ) {
        self.page = page
        self.references = references
        self.loads = loads
        self.loadDuration = loadDuration
        self.settings = settings
        let files =
            [(url: page.finalURL, body: page.body)]
            + loads.filter { $0.fault == nil }.map { (url: $0.asset.url.description, body: $0.body) }
        let searched = settings.markerPlaces == .page ? Array(files.prefix(1)) : files
        var markerPlaces: [String: [String]] = [:]
        for marker in settings.markers {
            let pattern = BytePattern(marker, ignoringCase: true)
            let places = searched.filter { pattern.isFound(in: $0.body) }.map(\.url)
            if !places.isEmpty { markerPlaces[marker] = places }
        }
        var hostPlaces: [String: [String]] = [:]
        for host in settings.forbiddenHosts {
            let pattern = HostPattern(host.text)
            let places = files.filter { pattern.isFound(in: $0.body) }.map(\.url)
            if !places.isEmpty { hostPlaces[host.text] = places }
        }
        self.markerPlaces = markerPlaces
        self.hostPlaces = hostPlaces
    }

    /// The HTML first, then the assets, then what is written in them.
    var outcome: Outcome {
        let failures = failures
        guard let first = failures.first else { return .ok }
        return .failed(Failure(first.kind, failures.map(\.message).joined(separator: "; ")))
    }

    private var failures: [Failure] {
        var timed = page
        timed.timings.total = loadDuration
        let json = settings.expectations.json.isEmpty ? nil : try? JSONValue(parsing: page.body)
        var failures = HTTPVerdict(timed, json: json, against: settings.expectations).unmet
        let broken = loads.filter { $0.fault != nil }
        if !broken.isEmpty {
            let words = broken.prefix(3).map { "\($0.asset.url) (\($0.fault ?? ""))" }.joined(separator: ", ")
            let more = broken.count > 3 ? " and \(broken.count - 3) more" : ""
            failures.append(Failure(.condition, "the page needs what cannot be loaded: \(words)\(more)"))
        }
        for (marker, places) in markerPlaces.sorted(by: { $0.key < $1.key }) {
            failures.append(Failure(.condition, "\"\(marker)\" stands in \(places.joined(separator: ", "))"))
        }
        for (host, places) in hostPlaces.sorted(by: { $0.key < $1.key }) {
            failures.append(Failure(.condition, "\(host) is named in \(places.joined(separator: ", "))"))
        }
        return failures
    }

    var facts: [String: JSONValue] {
        let bytes = loads.reduce(page.body.count) { $0 + $1.body.count }
        let scripts = loads.filter { $0.asset.kind == .script }
        return [
            "final_url": .string(page.finalURL),
            "assets": .int(Int64(loads.count)),
            "asset_list": .array(loads.map(\.summary)),
            "broken_assets": .array(
                loads.filter { $0.fault != nil }.map { .string($0.asset.url.description) }
            ),
            "bundles": .array(scripts.map { .string($0.asset.url.fileName) }),
            "html_bytes": .int(Int64(page.body.count)),
            "bytes": .int(Int64(bytes)),
            "load_seconds": .double(loadDuration.inSeconds),
            "markers_found": .array(markerPlaces.keys.sorted().map { .string($0) }),
            "foreign_hosts_found": .array(hostPlaces.keys.sorted().map { .string($0) }),
            "places": .object(
                markerPlaces.merging(hostPlaces) { $0 + $1 }.mapValues { .array($0.map { .string($0) }) }
            ),
        ]
    }

    var findings: [String] {
        var findings = ["no browser ran: what the page's scripts do and load later was not seen"]
        let skipped = references.assets.count - loads.count
        if skipped > 0 { findings.append("\(skipped) more scripts and styles were not loaded") }
        findings += references.invalid.prefix(3).map { "\"\($0)\" is referred to but is no URL" }
        return findings
    }
}

extension WebURL {
    /// The last segment of the path.
    var fileName: String {
        String(path[(path.lastIndex(of: "/").map(path.index(after:)) ?? path.startIndex)...])
    }
}
