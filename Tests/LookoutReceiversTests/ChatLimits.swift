import LookoutAlerting
import LookoutModel
import LookoutSimulation

/// What each provider takes at most, as its documentation says, written down apart from the product.
enum ChatLimits {
    /// What a payload has too much of.
    static func faults(of payload: JSONValue, _ name: String) -> [String] {
        switch name {
        case "slack", "slack_bot": slack(payload)
        case "discord": discord(payload)
        case "teams": payload.jsonText.utf8.count > 20 << 10 ? ["more than 20 KB"] : []
        case "mattermost":
            (payload["text"]?.string?.unicodeScalars.count ?? .max) > 16_383 ? ["more than 16,383"] : []
        case "google_chat": googleChat(payload)
        default: ["nobody knows \(name)"]
        }
    }

    private static func googleChat(_ payload: JSONValue) -> [String] {
        var faults: [String] = []
        if payload.jsonText.utf8.count > 32_000 { faults.append("more than 32,000 bytes") }
        let widgets = payload.objects(with: "widgets").flatMap { $0["widgets"]?.items ?? [] }
        if widgets.count > 100 { faults.append("\(widgets.count) widgets") }
        return faults
    }

    private static func slack(_ payload: JSONValue) -> [String] {
        var faults: [String] = []
        let blocks = payload["blocks"]?.items ?? []
        let text = payload["text"]?.string ?? ""
        if text.isEmpty || text.utf16.count > 40_000 { faults.append("text \(text.utf16.count)") }
        if blocks.count > 50 { faults.append("\(blocks.count) blocks") }
        if blocks.flatMap(\.texts).reduce(0, { $0 + $1.utf16.count }) > 13_200 { faults.append("sum") }
        for block in blocks {
            let limit = block["type"] == "header" ? 150 : 3000
            let length = block["text"]?["text"]?.string?.utf16.count ?? 1
            if !(1...limit).contains(length) { faults.append("text of a block: \(length)") }
            let fields = block["fields"]?.items ?? []
            if fields.count > 10 { faults.append("\(fields.count) fields") }
            for field in fields where !(1...2000).contains(field["text"]?.string?.utf16.count ?? 0) {
                faults.append("a field")
            }
        }
        return faults
    }

    private static func discord(_ payload: JSONValue) -> [String] {
        var faults: [String] = []
        if !(1...2000).contains(payload["content"]?.string?.utf16.count ?? 0) { faults.append("content") }
        var sum = 0
        for embed in payload["embeds"]?.items ?? [] {
            let description = embed["description"]?.string ?? ""
            let fields = embed["fields"]?.items ?? []
            sum += description.utf16.count
            if description.utf16.count > 4096 { faults.append("description \(description.utf16.count)") }
            if fields.count > 25 { faults.append("\(fields.count) fields") }
            for field in fields {
                let name = field["name"]?.string?.utf16.count ?? 0
                let value = field["value"]?.string?.utf16.count ?? 0
                sum += name + value
                if !(1...256).contains(name) || !(1...1024).contains(value) { faults.append("a field") }
            }
        }
        if sum > 6000 { faults.append("sum \(sum)") }
        return faults
    }

    /// A digest of many alerts of all severities, some of them over.
    static func digest(of count: Int) -> Delivery {
        var generator = SeededGenerator(seed: 5)
        let notices = (0..<count).map { index in
            let kind: Notice.Kind = index % 7 == 6 ? .resolved : .firing
            return Notice(
                id: NoticeID(at: Examples.fired, using: &generator),
                receiver: "team",
                kind: kind,
                alert: Alert(
                    id: AlertID(rule: "rule-\(index)", labels: ["environment": "production"]),
                    state: kind == .resolved ? .resolved : .firing,
                    severity: [.minor, .major, .outage][index % 3],
                    episode: 1,
                    texts: AlertTexts(summary: "unique \(index)"),
                    pendingSince: Examples.fired,
                    firingSince: Examples.fired,
                    resolvedSince: kind == .resolved ? Examples.fired + .seconds(60) : nil
                ),
                createdAt: Examples.fired + .seconds(90)
            )
        }
        return Delivery(
            id: NoticeID(at: Examples.fired, using: &generator),
            digest: notices,
            sequence: 3,
            failedAttempts: 0,
            lease: Lease(owner: "boot", until: Examples.fired + .seconds(120))
        )
    }
}
