import LookoutModel

/// A plan as a script for bash that asks before each step and stops at the first failure.
///
/// It holds no secret: tokens are variables of the person who runs it, and it says which of them are missing.
package struct RollbackScript: Sendable {
    private let plan: RollbackPlan
    private let environment: String
    private let options: [RollbackPlan.Option]

    /// The options with these means, in the plan's order; without means, those that the plan suggests.
    package init(_ plan: RollbackPlan, environment: String, means: Set<RollbackPlan.Means>? = nil) {
        self.plan = plan
        self.environment = environment
        options =
            means.map { means in plan.options.filter { means.contains($0.means) } }
            ?? Array(plan.options.prefix(plan.suggestedCount))
    }

    /// Nil where there is nothing to carry out.
    package var text: String? {
        guard !options.isEmpty else { return nil }
        let sections =
            [header, Self.functions, checks] + options.map(section) + [afterwards].compactMap(\.self)
        return sections.joined(separator: "\n")
            + "\nprintf '%s\\n' 'done; Lookout follows it and says whether it has recovered'\n"
    }

    private var header: String {
        """
        #!/usr/bin/env bash
        # \(comment("Rolls back \(environment): \(plan.suggestion)"))
        # Written by Lookout. Each step asks first; the first failure stops everything.
        set -euo pipefail

        """
    }

    private static let functions = #"""
        die() {
            printf '%s\n' "$1" >&2
            exit 1
        }

        # ask TEXT COMMAND: shows what comes and goes on only after a yes.
        ask() {
            local answer=''
            printf '\n%s\n    %s\n' "$1" "$2"
            printf 'Go on? [y/N] '
            read -r answer || die 'stopped: no answer'
            case $answer in
            y | Y | yes) ;;
            *) die 'stopped; nothing more was done' ;;
            esac
        }

        """#

    /// Everything that is needed is looked for before the first step, so that nothing stops half-way for want of it.
    private var checks: String {
        let commands = (options.flatMap(\.steps) + options.flatMap(\.afterwards)).compactMap(\.command)
        var lines = Set(commands.map(\.program)).sorted().map { program in
            let word = ShellWord(program).text
            return "command -v \(word) >/dev/null || die \(ShellWord("\(program) is not installed").text)"
        }
        for name in Set(commands.flatMap(\.variables)).sorted() {
            lines.append("[ -n \"${\(name):-}\" ] || die 'set \(name) first'")
            // Its value becomes part of a JSON text or of a header, where these would change the meaning.
            lines.append(
                "case $\(name) in *[[:cntrl:]]*) die '\(name) holds a control character' ;; esac"
            )
            if name.hasPrefix(VariableRollback.restoredPrefix) {
                lines.append(
                    #"case $\#(name) in *[\"\\]*) die '\#(name) holds " or \, which JSON escapes: set it by hand' ;; esac"#
                )
            }
        }
        if options.contains(where: { $0.usesGit }) {
            lines.append(
                "[ \"$(git rev-parse --is-inside-work-tree)\" = true ] || die 'run this in a clone of the repository'"
            )
        }
        if commands.contains(where: {
            $0.program == "git" && $0.arguments.first != "fetch" && $0.arguments.first != "push"
        }) {
            lines.append(
                "git diff --quiet HEAD -- || die 'there are changes that are not committed: commit or stash them first'"
            )
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private func section(_ option: RollbackPlan.Option) -> String {
        var lines = ["# \(comment(option.title))"]
        lines += option.cautions.map { "printf '%s\\n' \(ShellWord("caution: \(PlainText.line($0))").text)" }
        for step in option.steps {
            lines += self.lines(step)
            if step.command == GitStep.fetch.command, let expected = option.expects,
                let branch = option.branch
            {
                lines.append(
                    Self.check(
                        "origin/\(branch)",
                        is: expected.text,
                        else: "somebody has moved \(branch) meanwhile; make a new plan"
                    )
                )
            }
        }
        if option.means != .gitRevert, let branch = option.branch {
            lines.append("git fetch --quiet origin </dev/null")
            lines.append(
                Self.check(
                    "origin/\(branch)",
                    is: option.target,
                    else: "\(branch) is not at \(option.target) after the push"
                )
            )
        }
        return lines.joined(separator: "\n") + "\n"
    }

    private var afterwards: String? {
        let steps = options.flatMap(\.afterwards)
        guard !steps.isEmpty else { return nil }
        return (["# Once it has worked."] + steps.flatMap(lines)).joined(separator: "\n") + "\n"
    }

    private func lines(_ step: RollbackPlan.Step) -> [String] {
        let text = ShellWord(PlainText.line(step.text)).text
        guard let command = step.command else { return ["ask \(text) '(by hand; go on when it is done)'"] }
        return ["ask \(text) \(ShellWord(command.shellText).text)", "\(command.shellText) </dev/null"]
    }

    private static func check(_ ref: String, is commit: String, else words: String) -> String {
        let ref = ShellWord("refs/remotes/\(ref)").text
        return
            "[ \"$(git rev-parse --verify \(ref))\" = \(ShellWord(commit).text) ] || die \(ShellWord(PlainText.line(words)).text)"
    }

    /// A text from outside in a comment: on one line, so that it cannot end the comment.
    private func comment(_ text: String) -> String { PlainText.line(text, atMost: 300) }
}

extension RollbackPlan.Option {
    fileprivate var usesGit: Bool {
        switch means {
        case .gitBackup, .gitPinned, .gitRevert: true
        case .netlify, .render, .variables: false
        }
    }

    /// The branch that a git option pushes to; nil for the others.
    fileprivate var branch: String? {
        guard usesGit, let push = steps.compactMap(\.command).last(where: { $0.arguments.first == "push" }),
            let last = push.arguments.last
        else { return nil }
        return last.split(separator: ":", maxSplits: 1).last.map(String.init)
    }
}
