import LookoutConfiguration
import LookoutTestSupport
import Testing

@Suite struct `Errors in a configuration` {
    let fixture: LoaderFixture

    init() throws {
        fixture = try LoaderFixture()
    }

    /// A file with one probe and whatever else.
    private func messages(_ text: String) throws -> [String] {
        let (configuration, messages) = try fixture.load(text: text)
        #expect(configuration == nil)
        return messages
    }

    @Test func `all errors of a file and its rules are reported at once`() throws {
        try fixture.directory.place(
            "rules.yaml",
            """
            groups:
              - name: g
                rules:
                  - id: a
                    expr: 1 +
                    severity: 4
                    sumary: x
            """
        )
        let messages = try messages(
            """
            lisen: 127.0.0.1:1
            log: {level: loud}
            environments:
              production:
                variables: {backend: https://b}
                labels: {probe: x}
              Staging: {}
              test: {vars: {}}
            defaults: {interval: 30}
            limits: {in_flight: 0}
            probes:
              - name: health
                intervall: 10s
                http: {url: "${backnd}/x", status: 9, urll: y}
              - name: health
                echo: {}
              - environments: [prod]
                echo: {}
              - name: two
                echo: {}
                http: {url: x}
              - name: none
              - name: page
                pag: {}
            rules: {files: [rules.yaml, missing/*.yaml]}
            receivers:
              - name: r
                hook: {url: {env: NOT_SET}}
            """
        )
        let places = messages.map { $0.prefix { $0 != " " } }
        #expect(
            places == [
                "lookout.yaml:1:1:", "lookout.yaml:2:14:", "lookout.yaml:6:21:", "lookout.yaml:7:3:",
                "lookout.yaml:8:10:",
                "lookout.yaml:9:22:", "lookout.yaml:10:21:", "lookout.yaml:13:5:",
                "lookout.yaml:15:11:", "lookout.yaml:17:5:", "lookout.yaml:17:20:", "lookout.yaml:21:5:",
                "lookout.yaml:22:5:", "lookout.yaml:24:5:", "lookout.yaml:25:29:",
                "lookout.yaml:28:23:", "rules.yaml:4:9:", "rules.yaml:5:18:", "rules.yaml:6:19:",
                "rules.yaml:7:9:",
            ]
        )
    }

    @Test(
        arguments: [
            (
                "probes: []",
                "lookout.yaml:1:1: error: \"environments\" is missing\n"
                    + "  hint: The environments that are watched, by name."
            ),
            (
                "environments: {}\nprobes: []",
                "lookout.yaml:1:15: error: there is no environment\n  hint: name at least one, such as production:"
            ),
            (
                "environments: [a]\nprobes: []",
                "lookout.yaml:1:15: error: expected a mapping of keys and values, found a list"
            ),
            (
                "environments: {e: {}}\nprobes: {a: {}}",
                "lookout.yaml:2:9: error: expected a list, found a mapping\n"
                    + "  hint: begin each of the probes with \"- name:\""
            ),
            (
                "environments: {e: {}}\nprobes: [x]",
                "lookout.yaml:2:10: error: expected a mapping of keys and values, found a text"
            ),
            (
                "environments: {e: {}}\nprobes: [{name: p}]",
                "lookout.yaml:2:10: error: the probe has no type\n"
                    + "  hint: add one of these keys with its settings: echo, http"
            ),
            (
                "environments: {e: {}}\nprobes: [{name: p, htpp: {}}]",
                "lookout.yaml:2:20: error: unknown key \"htpp\"\n  hint: did you mean \"http\"?"
            ),
            (
                "environments: {e: {}}\nprobes: [{name: p, echo: {}, http: {url: x}}]",
                "lookout.yaml:2:30: error: a probe has one type; this one is of type \"echo\" already\n"
                    + "  hint: make it a probe of its own"
            ),
            (
                "environments: {e: {}}\nprobes: [{name: A b, echo: {}}]",
                "lookout.yaml:2:17: error: \"A b\" cannot be a name\n"
                    + "  hint: a-z, 0-9, \"-\", \"_\" and \".\", a letter or digit first, at most 100 of them"
            ),
            (
                "environments: {e: {}}\nprobes: [{name: p, echo: {}}, {name: p, echo: {}}]",
                "lookout.yaml:2:38: error: probe \"p\" is defined twice\n  hint: the first one stands in line 2"
            ),
            (
                "environments: {e: {}}\nprobes: [{name: p, environments: [], echo: {}}]",
                "lookout.yaml:2:17: error: probe \"p\" is for no environment\n"
                    + "  hint: leave \"environments\" out for all of them"
            ),
            (
                "environments: {prod: {}}\nprobes: [{name: p, environments: [prd], echo: {}}]",
                "lookout.yaml:2:35: error: there is no environment \"prd\"\n  hint: did you mean \"prod\"?"
            ),
            (
                "environments: {e: {}}\nprobes: [{name: p, environments: [e, e], echo: {}}]",
                "lookout.yaml:2:38: error: environment \"e\" is named twice"
            ),
            (
                "environments: {e: {}}\nprobes: [{name: p, interval: 500ms, echo: {}}]",
                "lookout.yaml:2:30: error: 500ms is not from 1s to 1d"
            ),
            (
                "environments: {e: {}}\nprobes: [{name: p, timeout: 0s, echo: {}}]",
                "lookout.yaml:2:29: error: 0s is not from 10ms to 1h"
            ),
            (
                "environments: {e: {}}\nprobes: [{name: p, attempts: 11, echo: {}}]",
                "lookout.yaml:2:30: error: 11 is not from 1 to 10"
            ),
            (
                "environments: {e: {}}\nprobes: [{name: p, http: {}}]",
                "lookout.yaml:2:26: error: \"url\" is missing\n  hint: Where to ask."
            ),
            (
                "environments: {e: {}}\nprobes: [{name: p, labels: {environment: x}, echo: {}}]",
                "lookout.yaml:2:42: error: the label \"environment\" belongs to Lookout\n  hint: give yours another name"
            ),
            (
                "environments: {e: {}}\nprobes: [{name: p, echo: {}}]\nlisten: 127.0.0.1:99999",
                "lookout.yaml:3:9: error: \"127.0.0.1:99999\" is not an address to listen at\n"
                    + "  hint: write host:port, such as 127.0.0.1:9820 or [::1]:9820; ports go up to 65535"
            ),
            (
                "environments: {e: {}}\nprobes: [{name: p, echo: {}}]\ndata_directory: \"\"",
                "lookout.yaml:3:17: error: data_directory is empty"
            ),
            (
                "environments: {e: {}}\nprobes: [{name: p, echo: {}}]\nreceivers: [{name: r, hok: {}}]",
                "lookout.yaml:3:23: error: unknown key \"hok\"\n  hint: did you mean \"hook\"?"
            ),
            (
                "environments: {e: {}}\nprobes: [{name: p, echo: {}}]\n"
                    + "receivers: [{name: r, hook: {}}, {name: r, hook: {}}]",
                "lookout.yaml:3:41: error: receiver \"r\" is defined twice\n  hint: the first one stands in line 3"
            ),
            (
                "environments: {e: {}}\nprobes: [{name: p, echo: {}}]\nrules: {files: [a.yaml]}",
                "lookout.yaml:3:17: error: no rule file matches \"a.yaml\"\n  hint: looked for a.yaml"
            ),
        ]
    )
    func `each fault has its place, its words and its remedy`(text: String, message: String) throws {
        #expect(try messages(text) == [message])
    }

    @Test func `a variable that one environment lacks is named with it`() throws {
        let messages = try messages(
            """
            environments:
              a: {variables: {backend: x}}
              b: {variables: {backnd: x}}
            probes:
              - name: p
                http: {url: "${backend}"}
            """
        )
        #expect(
            messages == [
                "lookout.yaml:6:17: error: variable \"backend\" is not set in environment b\n"
                    + "  hint: did you mean \"backnd\"?"
            ]
        )
    }

    @Test func `an environment with errors does not make its probes wrong`() throws {
        let messages = try messages(
            """
            environments:
              a: {variables: [x]}
            probes:
              - name: p
                environments: [a]
                http: {url: "${backend}"}
            """
        )
        #expect(
            messages == [
                "lookout.yaml:2:18: error: expected a mapping of keys and values, found a list"
            ]
        )
    }

    @Test func `a rule about a probe with errors is not wrong`() throws {
        try fixture.directory.place(
            "rules.yaml",
            """
            groups:
              - name: g
                rules:
                  - {id: a, match: {probe: health-2}, expr: sample.failed, severity: 3, summary: s}
            """
        )
        let messages = try messages(
            """
            environments: {e: {}}
            probes:
              - {name: health-1, echo: {}}
              - {name: health-2, echo: {count: x}}
            rules: {files: [rules.yaml]}
            """
        )
        #expect(messages == ["lookout.yaml:4:36: error: expected a whole number, found \"x\""])
    }
}
