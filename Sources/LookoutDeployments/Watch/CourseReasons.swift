import LookoutModel

/// Why a deployment cannot pass whatever the checks say: users may not have it, or nobody could look.
enum CourseReasons {
    static func doubts(about deployment: Deployment) -> [WatchVerdict.Reason] {
        var doubts: [WatchVerdict.Reason] = []
        for result in deployment.validations where result.verdict != .passed {
            let words = result.verdict == .failed ? "failed" : "is not known"
            doubts.append(
                WatchVerdict.Reason(
                    kind: "validation",
                    text: "\(result.item) \(words): \(result.detail)",
                    severity: result.verdict == .failed ? .major : nil
                )
            )
        }
        for part in EnvironmentPart.allCases {
            if let obstacles = deployment.obstacles[part], obstacles.isEmpty {
                let text = "nothing was deployed at the \(part.rawValue), and nobody knows why"
                doubts.append(WatchVerdict.Reason(kind: "deploy", text: text))
            }
        }
        for (part, changes) in deployment.variableChanges where deployment.origin != .variables {
            let names = (changes.added + changes.removed + changes.changed).sorted().joined(separator: ", ")
            let text =
                "variables of the \(part.rawValue) changed meanwhile: \(PlainText.line(names, atMost: 200))"
            doubts.append(WatchVerdict.Reason(kind: "variables", text: text))
        }
        return doubts
    }
}
