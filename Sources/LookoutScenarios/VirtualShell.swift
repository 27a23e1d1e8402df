import LookoutDemo
import LookoutDeployments
import LookoutHTTP
import LookoutModel

/// Carries out the commands of a suggested rollback as a person's shell would: `curl` over the virtual network,
/// `git` on the branches of the simulated code host.
struct VirtualShell {
    /// What a command complained of.
    struct Complaint: Error, CustomStringConvertible {
        let description: String
    }

    /// What the person's shell has in its environment.
    private static let environment = [
        "NETLIFY_TOKEN": DemoTokens.netlify, "RENDER_API_KEY": DemoTokens.render,
        "GITHUB_TOKEN": DemoTokens.github,
    ]

    private let stack: VirtualStack
    private let network: any HTTPTransport
    private var clone: VirtualClone

    init(_ stack: VirtualStack, over network: any HTTPTransport) {
        self.stack = stack
        self.network = network
        clone = VirtualClone(stack)
    }

    /// Runs a command; throws what it complains of.
    mutating func run(_ command: CommandLine) async throws {
        switch command.program {
        case "git": try clone.run(command.arguments)
        case "curl": try await request(command)
        default: throw Complaint(description: "\(command.program): not found")
        }
    }

    private func request(_ command: CommandLine) async throws {
        var request = HTTPRequest(url: "", timeout: .seconds(30))
        if let unset = command.variables.first(where: { Self.environment[$0] == nil }) {
            throw Complaint(description: "curl: \(unset): unbound variable")
        }
        var arguments = command.arguments.map { Self.filled($0, command.variables) }[...]
        while let argument = arguments.popFirst() {
            switch argument {
            case "-X": request.method = arguments.popFirst() ?? ""
            case "-H":
                let parts = (arguments.popFirst() ?? "").split(separator: ":", maxSplits: 1)
                guard parts.count == 2 else { throw Complaint(description: "curl: a header without a value") }
                request.headers.append(HeaderField(String(parts[0]), String(parts[1].drop { $0 == " " })))
            case "-d": request.body = Array((arguments.popFirst() ?? "").utf8)
            case "-o": _ = arguments.popFirst()
            case "--fail-with-body", "-sS": break
            default:
                guard !argument.hasPrefix("-") else {
                    throw Complaint(description: "curl: unknown option \(argument)")
                }
                request.url = argument
            }
        }
        let response: HTTPResponse
        do {
            response = try await network.send(request)
        } catch {
            throw Complaint(description: "curl: \(error.message)")
        }
        guard response.statusCode < 400 else {
            let body = String(decoding: response.body.prefix(200), as: UTF8.self)
            throw Complaint(description: "curl: \(request.url) answered \(response.statusCode): \(body)")
        }
    }

    /// With the variables that the command names, and no others.
    private static func filled(_ argument: String, _ names: [String]) -> String {
        names.reduce(argument) { text, name in
            text.replacing("$\(name)", with: environment[name] ?? "")
        }
    }
}

/// A person's clone of the simulated repository: its own branches, and what it last fetched.
private struct VirtualClone {
    typealias Complaint = VirtualShell.Complaint

    private let stack: VirtualStack
    private var fetched: [String: String]
    private var branches: [String: String]
    private var current = "main"

    init(_ stack: VirtualStack) {
        self.stack = stack
        fetched = Self.history(of: stack).branches
        branches = fetched
    }

    private static func history(of stack: VirtualStack) -> DemoHistory {
        stack.scene.change { scene, _ in scene.cloud?.github.history ?? DemoHistory() }
    }

    mutating func run(_ arguments: [String]) throws {
        let rest = Array(arguments.dropFirst())
        switch arguments.first {
        case "fetch": fetched = Self.history(of: stack).branches
        case "branch":
            let names = rest.filter { !$0.hasPrefix("-") }
            guard names.count == 2 else { throw Complaint(description: "git branch: two names are needed") }
            branches[names[0]] = try resolve(names[1])
        case "checkout", "switch":
            guard let name = rest.last, branches[name] != nil else {
                throw Complaint(description: "git: there is no branch \(rest.last ?? "")")
            }
            current = name
        case "pull":
            fetched = Self.history(of: stack).branches
            branches[current] = fetched[current]
        case "reset": branches[current] = try resolve(rest.last ?? "")
        case "revert": try revert(rest.last ?? "")
        case "push": try push(rest)
        default: throw Complaint(description: "git: \(arguments.first ?? "") is not known here")
        }
    }

    private func resolve(_ name: String) throws -> String {
        let history = Self.history(of: stack)
        let remote = name.hasPrefix("origin/") ? fetched[String(name.dropFirst("origin/".count))] : nil
        guard let id = remote ?? branches[name] ?? history.resolve(name)?.id else {
            throw Complaint(description: "git: unknown revision \(name)")
        }
        return id
    }

    /// A commit that takes back what a merge brought: the program is again as its first parent had it.
    private mutating func revert(_ name: String) throws {
        let history = Self.history(of: stack)
        let undone = try resolve(name)
        guard let merge = history.revisions[undone], let parent = merge.parents.first,
            let good = history.revisions[parent], let head = branches[current]
        else { throw Complaint(description: "git: \(name) cannot be reverted") }
        let revision = stack.scene.change { scene, now in
            let revision = DemoRevision(
                parents: [head],
                message: "Revert \"\(merge.title)\"",
                at: now,
                files: merge.files,
                version: good.version,
                flaws: good.flaws
            )
            scene.cloud?.github.add(revision)
            return revision
        }
        branches[current] = revision.id
    }

    private func push(_ arguments: [String]) throws {
        let lease = arguments.first { $0.hasPrefix("--force-with-lease") }
        let names = arguments.filter { !$0.hasPrefix("-") }
        guard names.count == 2, names[0] == "origin" else {
            throw Complaint(description: "git push: remote and branch are needed")
        }
        let sides = names[1].split(separator: ":", maxSplits: 1).map(String.init)
        let (source, branch) =
            sides.count == 2 ? (try resolve(sides[0]), sides[1]) : (branches[names[1]], names[1])
        guard let source else { throw Complaint(description: "git push: there is no branch \(branch)") }
        let expected = lease?.split(separator: ":").dropFirst().first.map(String.init) ?? fetched[branch]
        let refusal = stack.change { scene, now -> String? in
            guard let github = scene.cloud?.github else { return "there is no remote" }
            let old = github.history.branches[branch]
            let isForward = old.map { github.history.isAncestor($0, of: source) } ?? true
            if !isForward {
                guard lease != nil else { return "rejected: not a fast forward" }
                guard old == expected else { return "rejected: stale info" }
                if let protection = github.protections[branch], !protection.allowsForcePush {
                    return "rejected: the branch is protected"
                }
            }
            scene.cloud?.github.move(branch, to: source, at: now)
            scene.cloud?.advance(to: now)
            return nil
        }
        if let refusal { throw Complaint(description: "git push: \(refusal)") }
    }
}
