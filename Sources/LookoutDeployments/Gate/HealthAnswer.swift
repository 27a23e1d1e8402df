import LookoutModel

/// What a backend says of itself at `/health`, as far as it says it.
struct HealthAnswer {
    let status: String?
    /// By service what it is said to be; nil where the answer has no services at all.
    let services: [String: String]?
    /// As it stands there.
    let timestamp: String?
    let version: String?
    let environment: String?
    /// All of it, to look for markers in.
    let text: String

    /// Nil for what is no object.
    init?(_ json: JSONValue) {
        guard case .object = json else { return nil }
        status = json["status"]?.string
        timestamp = json["timestamp"]?.string
        version = json["version"]?.string
        environment = json["environment"]?.string
        text = json.jsonText
        if case .object(let members)? = json["services"] {
            services = members.compactMapValues { $0.string ?? $0["status"]?.string }
        } else {
            services = nil
        }
    }

    /// The time that it gives; one without a zone is taken for UTC, as Python's `utcnow().isoformat()` has it.
    var time: Timestamp? {
        timestamp.flatMap { Timestamp(rfc3339: $0) ?? Timestamp(rfc3339: $0 + "Z") }
    }

    /// The marker that it holds, in whatever case.
    func marker(among markers: [String]) -> String? {
        let text = text.lowercased()
        return markers.first { !$0.isEmpty && text.contains($0.lowercased()) }
    }
}

/// A health answer with the check that got it.
struct ObservedHealth {
    let check: ObservedCheck
    let sample: Sample
    let answer: HealthAnswer

    /// The answers of an environment: of the probe that is named, else of all that look like one.
    static func all(in checks: [ObservedCheck], probe: String?) -> [ObservedHealth] {
        checks.compactMap { check in
            guard let sample = check.newest, let json = sample.observation?.json,
                let answer = HealthAnswer(json)
            else { return nil }
            let isHealth = probe.map { $0 == check.check.id.probe } ?? (answer.status != nil)
            return isHealth ? ObservedHealth(check: check, sample: sample, answer: answer) : nil
        }
        .sorted { $0.check.check.id < $1.check.check.id }
    }
}
