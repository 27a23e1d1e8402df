import LookoutDashboard
import LookoutDemo
import LookoutModel

/// The demo's screen as text: the checks' live state, the alerts, what the webhook sink received.
///
/// A pure function of what is known, so that tests can look at it.
struct DemoScreen {
    var status: AgentStatus
    var faults: [DemoFault]
    var received: [String]
    var keys: [DemoKey]
    var controlURL: String
    var configurationPath: String
    /// Columns and rows of the terminal.
    var width: Int
    var height: Int
    var showsColor: Bool

    /// The screen's lines, at most `height`, none wider than `width`.
    ///
    /// What does not fit gives way from the bottom: the newest message's text first, then the keys.
    var lines: [String] {
        let body =
            header + section("CHECKS", checks) + section("ALERTS", alerts)
            + section("WEBHOOK SINK \(controlURL)/sink", sink)
        let keys = section("KEYS", help)
        let free = height - body.count - keys.count
        return (body + newestMessage.prefix(max(0, free)) + keys).prefix(height).map { clip($0) }
    }

    private var header: [String] {
        let broken = faults.isEmpty ? "nothing is broken" : faults.map(\.description).joined(separator: " ")
        return [
            paint("Lookout demo", .bold) + "  simulated staging and production on loopback; "
                + "configuration: \(configurationPath)",
            "injected: \(broken)",
            "a key breaks or mends, 0 mends all, Ctrl-C ends",
        ]
    }

    private var checks: [String] {
        status.checks.map { check in
            let duration = check.duration.map { "\(Int64(($0.inSeconds * 1000).rounded())) ms" } ?? ""
            let color: Color =
                switch check.outcome {
                case "ok": .green
                case "failed": .red
                default: .yellow
                }
            return paint(pad(check.outcome, 12), color) + pad(check.id.description, 30) + pad(duration, 10)
                + TextTable.printable(check.message ?? check.version.map { "version \($0)" } ?? "")
        }
    }

    private var alerts: [String] {
        guard !status.alerts.isEmpty else { return [paint("none", .green)] }
        return status.alerts.map { alert in
            let severity = alert.severity.map { "SEV\($0.rawValue)" } ?? "SEV?"
            return paint(pad("\(severity) \(alert.state)", 18), alert.state == "pending" ? .yellow : .red)
                + TextTable.printable(alert.summary) + "  [\(alert.rule)]"
        }
    }

    private var sink: [String] {
        received.isEmpty ? ["nothing yet"] : received.suffix(3).map { Self.summary($0) }
    }

    /// The newest message as it was received, over as many lines as it needs.
    private var newestMessage: [String] {
        var rest = TextTable.printable(received.last ?? "")[...]
        var lines: [String] = []
        while !rest.isEmpty {
            lines.append("  " + rest.prefix(max(1, width - 2)))
            rest = rest.dropFirst(max(1, width - 2))
        }
        return lines
    }

    /// A webhook message in a line: what an on-call service would make of it.
    private static func summary(_ message: String) -> String {
        guard let json = try? JSONValue(parsing: Array(message.utf8)),
            case .array(let alerts)? = json["alerts"]
        else { return TextTable.printable(message) }
        return alerts.map { alert in
            let labels = ["severity", "alertname", "environment", "probe"]
                .map { "\($0)=\(alert["labels"]?[$0]?.string ?? "?")" }
            let words = ["status=\(alert["status"]?.string ?? "?")"] + labels
            return TextTable.printable(words.joined(separator: " "))
        }
        .joined(separator: "; ")
    }

    private var help: [String] {
        let cells = keys.map { "\($0.letter) \(faults.contains($0.fault) ? "*" : " ")\($0.fault)" }
        let cellWidth = (cells.map(\.count).max() ?? 0) + 2
        let columns = max(1, width / cellWidth)
        return stride(from: 0, to: cells.count, by: columns).map { start in
            cells[start..<min(start + columns, cells.count)].map { pad($0, cellWidth) }.joined()
        }
    }

    private func section(_ title: String, _ lines: [String]) -> [String] {
        ["", paint(title, .bold)] + lines
    }

    private func pad(_ text: String, _ width: Int) -> String {
        text + String(repeating: " ", count: max(1, width - text.count))
    }

    private enum Color: String {
        case bold = "1"
        case red = "31"
        case green = "32"
        case yellow = "33"
    }

    private func paint(_ text: String, _ color: Color) -> String {
        showsColor ? "\u{1B}[\(color.rawValue)m\(text)\u{1B}[0m" : text
    }

    /// The line without what is beyond the screen's width; colour codes take no room.
    private func clip(_ line: String) -> String {
        var text = ""
        var column = 0
        var isInCode = false
        for character in line {
            if character == "\u{1B}" { isInCode = true }
            if !isInCode {
                guard column < width else { continue }
                column += 1
            }
            text.append(character)
            if isInCode, character == "m" { isInCode = false }
        }
        return text
    }
}

/// A key of the demo and the fault that it switches.
struct DemoKey {
    let letter: Character
    let fault: DemoFault

    /// Every fault of production, then one of staging, on the letters in order.
    static let all: [DemoKey] = {
        let faults = DemoPart.allCases.flatMap { part in
            part.faults.map { DemoFault(environment: "production", part: part, kind: $0) }
        }
        let staging = DemoFault(environment: "staging", part: .backend, kind: .down)
        return zip("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ", faults + [staging])
            .map { DemoKey(letter: $0, fault: $1) }
    }()
}
