import LookoutModel

extension StackFault {
    /// The faults of the deployment workflow, in the shapes in which the checks can see them.
    static let all: [StackFault] = [
        [everything], downs, backend, document, services, otherServices, modes, cors, chat, frontend,
        certificates,
    ].flatMap(\.self)

    private static let everything = StackFault(
        "everything down",
        ["everything-down": 1],
        deadBackend.merging(["backend-health": .failed(.connect), "frontend": .failed(.dns)]) { $1 }
    )

    private static let deadBackend: [String: StackSample] = [
        "api-cors": .failed(.connect),
        "chat-websocket": .failed(.connect, facts: ["opened": false, "answered": false]),
    ]

    private static let downs: [StackFault] = {
        let kinds: [FailureClass] = [.connect, .dns, .tls, .closed, .protocolViolation]
        return kinds.map { kind -> StackFault in
            var samples = deadBackend
            samples["backend-health"] = StackSample.failed(kind)
            return StackFault("backend down: \(kind.rawValue)", ["backend-down": 1], samples)
        }
    }()

    private static let backend: [StackFault] = [
        StackFault(
            "backend hanging",
            ["backend-hanging": 1],
            [
                "backend-health": .failed(.timeout), "api-cors": .failed(.timeout),
                "chat-websocket": .chat(.timeout),
            ]
        ),
        StackFault(
            "backend 503",
            ["backend-unavailable": 1],
            [
                "backend-health": .failed(.status, status: 503).with { $0.body = "no running event loop" },
                "api-cors": .cors(refused: ["https://a"]).with { $0.status = 503 },
                "chat-websocket": .chat(.status, status: 503, isOpened: false),
            ]
        ),
        StackFault(
            "backend 503 with a document in which all is well",
            ["backend-unavailable": 1],
            [
                "backend-health": .health().with {
                    $0.outcome = .failed(Failure(.status, "503"))
                    $0.status = 503
                }
            ]
        ),
        StackFault(
            "backend 503 with the database as the cause",
            ["database-unhealthy": 1],
            [
                "backend-health": .health(
                    status: "unhealthy",
                    services: StackSample.service("database", "unhealthy")
                )
                .with {
                    $0.outcome = .failed(Failure(.status, "503"))
                    $0.status = 503
                }
            ]
        ),
        StackFault(
            "backend slow",
            ["backend-slow": 3],
            ["backend-health": .health().with { $0.total = .milliseconds(2500) }]
        ),
        StackFault(
            "backend 404",
            ["backend-unexpected": 2],
            ["backend-health": .failed(.status, status: 404)]
        ),
        StackFault(
            "an expectation of the backend's body that is not met",
            ["backend-unexpected": 2],
            ["backend-health": .health().with { $0.outcome = .failed(Failure(.body, "x")) }]
        ),
        StackFault(
            "an expectation that names the database",
            ["database-unhealthy": 1],
            [
                "backend-health": .health(services: StackSample.service("database", "unhealthy")).with {
                    $0.outcome = .failed(Failure(.body, "x"))
                }
            ]
        ),
        StackFault(
            "old backend version",
            ["version-went-back": 3],
            ["backend-health": .health(version: "2.0.3")]
        ),
    ]

    private static let document: [StackFault] = [
        StackFault(
            "health is HTML",
            ["backend-health-unreadable": 2],
            ["backend-health": StackSample(body: "<html>")]
        ),
        StackFault(
            "health is a list",
            ["backend-health-unreadable": 2],
            ["backend-health": StackSample(body: "[1]")]
        ),
        StackFault(
            "health is null",
            ["backend-health-unreadable": 2],
            ["backend-health": StackSample(body: "null")]
        ),
        StackFault(
            "health is empty",
            ["backend-health-unreadable": 2],
            ["backend-health": StackSample(body: "{}")]
        ),
        StackFault("services missing", ["services-missing": 2], ["backend-health": .health(services: nil)]),
        StackFault("services null", ["services-missing": 2], ["backend-health": .health(services: "null")]),
        StackFault("services a list", ["services-missing": 2], ["backend-health": .health(services: "[]")]),
        StackFault("services empty", ["services-missing": 2], ["backend-health": .health(services: "{}")]),
        StackFault(
            "one service missing",
            ["services-missing": 2],
            [
                "backend-health": .health(
                    services: #"{"database":"connected","redis":"connected","openai":"available"}"#
                )
            ]
        ),
        StackFault(
            "degraded without a cause",
            ["backend-not-healthy": 2],
            ["backend-health": .health(status: "degraded")]
        ),
    ]

    private static let services: [StackFault] = {
        let severities: [(name: String, severity: Int)] = [
            ("database", 1), ("redis", 2), ("openai", 2), ("tts", 3),
        ]
        let states = ["unhealthy", "disconnected", "error: timeout"]
        return severities.flatMap { service in
            states.map { state -> StackFault in
                let services = StackSample.service(service.name, state)
                return StackFault(
                    "\(service.name) \(state)",
                    ["\(service.name)-unhealthy": service.severity],
                    ["backend-health": StackSample.health(status: "degraded", services: services)]
                )
            }
        }
    }()

    private static let otherServices: [StackFault] = [
        StackFault(
            "a service of tomorrow",
            ["service-unhealthy": 2],
            ["backend-health": .health(status: "degraded", services: StackSample.service("search", "down"))]
        ),
        StackFault(
            "two services",
            ["redis-unhealthy": 2, "tts-unhealthy": 3],
            ["backend-health": .health(status: "degraded", services: twoServices)]
        ),
    ]

    private static let twoServices = #"{"database":"connected","redis":"x","openai":"available","tts":"y"}"#

    private static let modes: [StackFault] = ["emergency", "demo"].flatMap { (mode: String) -> [StackFault] in
        let documents: [StackSample] = [
            .health(more: #","message":"PAM is in \#(mode) mode""#),
            .health(more: #","\#(mode)_mode":true"#),
            .health(more: #","mode":"\#(mode)""#),
            .health(status: "\(mode.uppercased())_MODE"),
            .health(status: "degraded", services: StackSample.service("openai", "\(mode) mode")),
        ]
        let backend = documents.map { document -> StackFault in
            StackFault(
                "backend says \(document.body)",
                ["backend-\(mode)-mode": 2],
                ["backend-health": document]
            )
        }
        let page = StackSample.page(.condition, markers: [.string("\(mode) mode")])
        return backend + [
            StackFault("page shows \(mode) mode", ["frontend-\(mode)-mode": 2], ["frontend": page])
        ]
    }
}
