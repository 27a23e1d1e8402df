import LookoutModel

/// Faults in what users' browsers talk to: cross-origin requests, the chat, the pages, certificates.
extension StackFault {
    static let cors: [StackFault] = [
        StackFault("origin refused", ["cors-origin-refused": 2], ["api-cors": .cors(refused: ["https://a"])]),
        StackFault(
            "origin refused by a preflight with 400",
            ["cors-origin-refused": 2],
            ["api-cors": .cors(refused: ["https://a"]).with { $0.status = 400 }]
        ),
        StackFault(
            "wildcard with credentials",
            ["cors-wildcard-with-credentials": 2],
            ["api-cors": .cors(refused: ["https://a"], wildcardWithCredentials: true)]
        ),
        StackFault(
            "wildcard with credentials, asked without",
            ["cors-wildcard-with-credentials": 2],
            ["api-cors": .cors(unexpected: ["https://evil"], wildcardWithCredentials: true)]
        ),
        StackFault(
            "foreign origin",
            ["cors-foreign-origin-allowed": 2],
            ["api-cors": .cors(unexpected: ["https://evil"])]
        ),
        StackFault(
            "API 500 beside a healthy backend",
            ["api-failing": 2],
            ["api-cors": .cors(refused: ["https://a"]).with { $0.status = 500 }]
        ),
        StackFault(
            "API hanging beside a healthy backend",
            ["api-failing": 2],
            ["api-cors": .failed(.timeout)]
        ),
    ]

    static let chat: [StackFault] = [
        StackFault(
            "chat refused",
            ["chat-refused": 2],
            ["chat-websocket": .chat(.status, status: 403, isOpened: false)]
        ),
        StackFault(
            "chat answers 200",
            ["chat-refused": 2],
            ["chat-websocket": .chat(.protocolViolation, status: 200, isOpened: false)]
        ),
        StackFault(
            "chat closed with 4001",
            ["chat-closed": 2],
            ["chat-websocket": .chat(.closed, more: ["close_code": 4001, "closed_by_server": true])]
        ),
        StackFault("chat silent", ["chat-silent": 2], ["chat-websocket": .chat(.timeout)]),
        StackFault(
            "chat breaks the protocol",
            ["chat-broken": 2],
            ["chat-websocket": .chat(.protocolViolation)]
        ),
        StackFault(
            "chat 502 beside a healthy backend",
            ["chat-unreachable": 2],
            ["chat-websocket": .chat(.status, status: 502, isOpened: false)]
        ),
        StackFault(
            "chat refuses connections beside a healthy backend",
            ["chat-unreachable": 2],
            ["chat-websocket": .failed(.connect, facts: ["opened": false, "answered": false])]
        ),
        StackFault(
            "chat does not answer the handshake",
            ["chat-unreachable": 2],
            ["chat-websocket": .chat(.timeout, status: nil, isOpened: false, isAnswered: false)]
        ),
    ]

    static let frontend: [StackFault] = [
        StackFault("frontend down", ["frontend-down": 1], ["frontend": .failed(.connect)]),
        StackFault("frontend hanging", ["frontend-down": 1], ["frontend": .failed(.timeout)]),
        StackFault(
            "frontend 404",
            ["frontend-down": 1],
            ["frontend": .page(.status).with { $0.status = 404 }]
        ),
        StackFault("frontend slow", ["frontend-slow": 3], ["frontend": .page(total: .milliseconds(3300))]),
        StackFault(
            "frontend slow with an expectation",
            ["frontend-slow": 3],
            ["frontend": .page(.condition, total: .milliseconds(3300))]
        ),
        StackFault(
            "broken asset",
            ["frontend-broken-asset": 2],
            ["frontend": .page(.condition, broken: ["https://a/x.js"])]
        ),
        StackFault(
            "staging host",
            ["frontend-foreign-host": 2],
            ["frontend": .page(.condition, hosts: ["staging.example"])]
        ),
        StackFault(
            "another marker",
            ["frontend-unexpected": 2],
            ["frontend": .page(.condition, markers: ["coming soon"])]
        ),
        StackFault("a text is missing", ["frontend-unexpected": 2], ["frontend": .page(.body)]),
        StackFault(
            "old frontend version",
            ["version-went-back": 3],
            ["frontend": .page().with { $0.version = "2.0.3" }]
        ),
    ]

    static let certificates: [StackFault] = [
        StackFault(
            "backend certificate refused",
            ["certificate-untrusted": 1],
            [
                "backend-health": .failed(.tls).with {
                    $0.hasCertificate = true
                    $0.certificate = (false, -2)
                }
            ]
        ),
        StackFault(
            "frontend certificate refused",
            ["certificate-untrusted": 1],
            [
                "frontend": .failed(.tls).with {
                    $0.hasCertificate = true
                    $0.certificate = (false, 100)
                }
            ]
        ),
        StackFault(
            "certificate expires in two days",
            ["certificate-expires-in-days": 2],
            ["backend-health": .health().with { $0.certificate.days = 2 }]
        ),
        StackFault(
            "certificate expires in ten days",
            ["certificate-expires-soon": 3],
            ["frontend": .page().with { $0.certificate.days = 10 }]
        ),
    ]
}
