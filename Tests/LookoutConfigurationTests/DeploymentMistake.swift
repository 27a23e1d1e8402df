import Testing

/// A mistake in `deployments`, with what is said of it; the section's own lines begin with line 4.
struct DeploymentMistake: CustomTestStringConvertible, Sendable {
    let section: String
    let messages: [String]

    init(_ section: String, _ messages: String...) {
        self.section = "  {\(section)}"
        self.messages = messages
    }

    var testDescription: String { section }

    static let all = [
        DeploymentMistake(
            "staging: {}",
            "4:3: error: \"production\" is missing\n  hint: The environment that is deployed to, with its providers."
        ),
        DeploymentMistake(
            "production: {environment: prodution}",
            "4:30: error: there is no environment \"prodution\"\n  hint: did you mean \"production\"?"
        ),
        DeploymentMistake(
            "production: {}, stagin: {}",
            "4:20: error: unknown key \"stagin\"\n  hint: did you mean \"staging\"?"
        ),
        DeploymentMistake(
            "production: {}, staging: {environment: production}",
            "4:43: error: staging and production are both the environment \"production\"\n  hint: name another as `environment`"
        ),
        DeploymentMistake(
            "production: {}, staging: {branch: main}",
            "4:38: error: staging and production are both deployed from main\n  hint: name another as `branch`"
        ),
        DeploymentMistake(
            "production: {branch: \"a..b\"}",
            "4:25: error: git allows no branch \"a..b\"\n  hint: no blanks, no dash at the beginning, none of ~^:?*[\\ and no \"..\""
        ),
        DeploymentMistake(
            "production: {backend: b.example}",
            "4:26: error: \"b.example\" is not an https address\n  hint: write it in full and without a query: https://example.org"
        ),
        DeploymentMistake(
            "production: {render: {service: s, url: \"http://api.example\"}}",
            "4:43: error: \"http://api.example\" is not an https address\n  hint: write it in full and without a query: https://example.org"
        ),
        DeploymentMistake(
            "production: {render: {token: t}}",
            "4:25: error: \"service\" is missing\n  hint: The service's id, such as srv-cvx1."
        ),
        DeploymentMistake(
            "production: {render: {service: a/b}}",
            "4:35: error: \"a/b\" is not an id\n  hint: letters, digits, \"-\", \"_\" and \".\", as the provider's pages show it"
        ),
        DeploymentMistake(
            "production: {variables: {A-B: x}}",
            "4:29: error: \"A-B\" cannot be the name of a variable\n  hint: letters, digits and _, no digit first"
        ),
        DeploymentMistake(
            "production: {variables: {A: [x]}}",
            "4:32: error: expected a string, found a list"
        ),
        DeploymentMistake(
            "production: {cors_origins: [\"*\"]}",
            "4:32: error: \"*\" is not an origin\n  hint: write scheme and host, without a path: https://example.org"
        ),
        DeploymentMistake(
            "production: {cors_origins: [\"https://a.example\", \"https://A.example/\"]}",
            "4:53: error: https://a.example is given twice"
        ),
        DeploymentMistake(
            "production: {}, repository: {migrations: m}",
            "4:32: error: the repository has no place\n  hint: give its url, or the path of a checkout"
        ),
        DeploymentMistake(
            "production: {}, repository: {path: p, url: \"https://a.example/r\"}",
            "4:47: error: a repository has a path or a url, not both\n  hint: leave one of them out"
        ),
        DeploymentMistake(
            "production: {}, repository: {url: \"ext::sh -c x\"}",
            "4:38: error: \"ext::sh -c x\" is not the address of a repository\n  hint: write https://github.com/owner/name.git, git@github.com:owner/name.git or /path"
        ),
        DeploymentMistake(
            "production: {}, github: {repository: name}",
            "4:41: error: \"name\" is not the name of a repository\n  hint: write owner/name"
        ),
        DeploymentMistake(
            "production: {}, parity: {equal: [A], different: [A]}",
            "4:52: error: A cannot be both equal and different\n  hint: take it out of one of the lists"
        ),
        DeploymentMistake("production: {}, gate: {window: 1m}", "4:35: error: 1m is not from 5m to 1d"),
        DeploymentMistake("production: {}, gate: {coverage: 2}", "4:37: error: 2.0 is not from 0.5 to 1"),
        DeploymentMistake(
            "production: {}, gate: {health_probe: backend-helth}",
            "4:41: error: there is no probe \"backend-helth\"\n  hint: did you mean \"backend-health\"?"
        ),
        DeploymentMistake(
            "production: {}, gate: {checklist: [{id: a, title: A}, {id: a, title: B}]}",
            "4:38: error: the checklist has two items \"a\"\n  hint: give one another id"
        ),
        DeploymentMistake(
            "production: {}, gate: {services: {redis: []}}",
            "4:45: error: redis may say nothing at all\n  hint: list the words that mean well, such as [connected]"
        ),
        DeploymentMistake(
            "production: {}, status_pages: {rendr: \"https://s.example\", github: \"http://s.example\"}",
            "4:35: error: there is no provider \"rendr\"\n  hint: did you mean \"render\"?",
            "4:71: error: \"http://s.example\" is not an https address\n  hint: write it in full and without a query: https://example.org"
        ),
        DeploymentMistake("production: {}, watch: {duration: 5m}", "4:38: error: 5m is not from 10m to 2h"),
        DeploymentMistake(
            "production: {}, watch: {duration: 40m, longest: 30m}",
            "4:52: error: 30m is shorter than the watch itself, 40m\n  hint: make it at least as long"
        ),
        DeploymentMistake(
            "production: {netlify: {site: s, token: {environment: T}}}",
            "4:44: error: unknown kind of secret \"environment\"\n  hint: known here: credential, env, file"
        ),
    ]
}
