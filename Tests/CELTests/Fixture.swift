import CEL

/// The variables and functions that the lines of the supplement rely on.
struct Fixture {
    var variables: [CELEnvironment.Variable]
    var functions: [FunctionDeclaration]
    var values: [String: Value]

    static let empty = Fixture(variables: [], functions: [], values: [:])

    static let supplement: Fixture = {
        let now = Instant(seconds: 1_788_264_000)
        return Fixture(
            variables: [
                .init("probe", .map(.string, .dyn)), .init("latency", .string),
                .init("samples", .list(.map(.string, .dyn))), .init("labels", .map(.string, .string)),
                .init("host", .string), .init("flags", .list(.string)), .init("now", .timestamp),
                .init("last_seen", .timestamp), .init("error_rate", .double), .init("requests", .int),
                .init("count", .uint),
            ],
            functions: [
                FunctionDeclaration(
                    "p95",
                    [
                        .host("p95(string,duration)", [.string, .duration], .duration) { (_, _) in
                            .duration(TimeSpan(nanoseconds: 1_250_000_000))
                        }
                    ]
                )
            ],
            values: [
                "probe": .map([
                    "status": .string("healthy"), "latency_ms": .double(1_250.5), "failures": .int(2),
                ]),
                "latency": .string("http.latency"),
                "samples": .list([
                    .map(["code": .int(200), "ms": .double(120)]),
                    .map(["code": .int(503), "ms": .double(1_600)]),
                ]),
                "labels": .map(["env": .string("prod"), "team": .string("core")]),
                "host": .string("web-042.eu.example.net"),
                "flags": .list([.string("a"), .string("bb")]),
                "now": .timestamp(now),
                "last_seen": .timestamp(Instant(seconds: now.seconds - 42)),
                "error_rate": .double(0.02),
                "requests": .int(5_321),
                "count": .uint(7),
            ]
        )
    }()
}
