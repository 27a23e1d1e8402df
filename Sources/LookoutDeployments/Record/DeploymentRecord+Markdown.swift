import LookoutModel

extension DeploymentRecord {
    /// The record in the workflow's template, to the letter.
    ///
    /// Each value stays on its line and has no markup of its own, so no text from outside can pass for a field.
    package var markdown: String {
        let record = normalized
        let changes = record.changes.map { "- \(Self.escaped($0))\n" }.joined()
        let validations = record.validations.map { validation in
            "- \(Self.escaped(validation.item)): \(validation.verdict.mark) \(Self.escaped(validation.text))\n"
        }.joined()
        return """
            ## Deployment: \(record.deployment.rfc3339)

            **Trigger**: \(Self.escaped(record.trigger))
            **Changes**: \n\(changes)
            **Backup Branch**: \(Self.escaped(record.backupBranch))
            **Result**: \(Self.escaped(record.result))
            **Issues**: \(Self.escaped(record.issues))
            **Rollback Required**: \(Self.escaped(record.rollbackRequired))

            **Validation Results**:
            \(validations)
            """
    }

    /// All records as one document, the newest first.
    package static func history(_ records: [DeploymentRecord]) -> String {
        let sorted = records.enumerated().sorted {
            ($0.element.deployment, $0.offset) > ($1.element.deployment, $1.offset)
        }
        return (["# Deployment History\n"] + sorted.map(\.element.markdown)).joined(separator: "\n")
    }

    /// Reads the records of a document that `markdown` or `history` wrote; what is no record is passed over.
    package static func records(in markdown: String) -> [DeploymentRecord] {
        var parts: [[Substring]] = []
        for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
            if line.hasPrefix(heading) { parts.append([]) }
            if !parts.isEmpty { parts[parts.count - 1].append(line) }
        }
        return parts.compactMap(DeploymentRecord.init(lines:))
    }

    private static let heading = "## Deployment: "

    private init?(lines: [Substring]) {
        guard let first = lines.first,
            let time = Timestamp(rfc3339: String(first.dropFirst(Self.heading.count)))
        else { return nil }
        var values: [String: String] = [:]
        var lists: [String: [String]] = [:]
        var open = ""
        for line in lines.dropFirst() {
            if line.hasPrefix("**"), let end = line.range(of: "**: ") ?? line.range(of: "**:") {
                open = String(line[line.index(line.startIndex, offsetBy: 2)..<end.lowerBound])
                values[open] = Self.plain(line[end.upperBound...])
            } else if line.hasPrefix("- ") {
                lists[open, default: []].append(String(line.dropFirst(2)))
            }
        }
        guard let trigger = values["Trigger"], let branch = values["Backup Branch"],
            let result = values["Result"],
            let issues = values["Issues"], let rollback = values["Rollback Required"]
        else { return nil }
        self.init(
            deployment: time,
            trigger: trigger,
            changes: (lists["Changes"] ?? []).map { Self.plain($0[...]) },
            backupBranch: branch,
            result: result,
            issues: issues,
            rollbackRequired: rollback,
            validations: (lists["Validation Results"] ?? []).compactMap(Self.validation)
        )
    }

    private static func validation(_ line: String) -> Validation? {
        guard let colon = line.range(of: ": ") else { return nil }
        let rest = line[colon.upperBound...]
        guard
            let verdict = [ValidationResult.Verdict.passed, .failed, .unknown].first(where: {
                rest.hasPrefix($0.mark)
            })
        else { return nil }
        return Validation(
            item: plain(line[..<colon.lowerBound]),
            verdict: verdict,
            text: plain(rest.dropFirst(verdict.mark.count).drop { $0 == " " })
        )
    }

    // MARK: Text

    /// Every value on one line without spaces at its ends, and no colon in the names of what was validated.
    var normalized: DeploymentRecord {
        var record = self
        record.trigger = Self.line(trigger)
        record.changes = changes.map(Self.line)
        record.backupBranch = Self.line(backupBranch)
        record.result = Self.line(result)
        record.issues = Self.line(issues)
        record.rollbackRequired = Self.line(rollbackRequired)
        record.validations = validations.map { validation in
            let name = Self.line(validation.item).split(separator: ":", omittingEmptySubsequences: false)
            return Validation(
                item: Self.line(name.joined(separator: " ")),
                verdict: validation.verdict,
                text: Self.line(validation.text)
            )
        }
        return record
    }

    private static func line(_ text: String) -> String {
        var line = PlainText.line(text, atMost: 2000)[...]
        while line.first?.isWhitespace == true { line.removeFirst() }
        while line.last?.isWhitespace == true { line.removeLast() }
        return String(line)
    }

    private static let marks: Set<Character> = ["\\", "*", "`", "<", "[", "]", "#", ">"]

    private static func escaped(_ text: String) -> String {
        var escaped = ""
        for character in text {
            if marks.contains(character) { escaped.append("\\") }
            escaped.append(character)
        }
        return escaped
    }

    /// What `escaped` was made of.
    private static func plain(_ text: Substring) -> String {
        var plain = ""
        var rest = text
        while let character = rest.popFirst() {
            if character == "\\", let next = rest.first, marks.contains(next) {
                plain.append(next)
                rest.removeFirst()
            } else {
                plain.append(character)
            }
        }
        return plain
    }
}

extension ValidationResult.Verdict {
    /// The sign before a line of the validation results.
    fileprivate var mark: String {
        switch self {
        case .passed: "✅"
        case .failed: "❌"
        case .unknown: "❔"
        }
    }
}

extension Substring {
    /// The first place of a text.
    fileprivate func range(of text: String) -> Range<Index>? { self.firstRange(of: text) }
}

extension String {
    fileprivate func range(of text: String) -> Range<Index>? { self.firstRange(of: text) }
}
