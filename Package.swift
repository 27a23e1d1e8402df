// swift-tools-version:6.2
import PackageDescription

// The floors of ARCHITECTURE.md, bottom up: an arrow may only point down, and each heavy
// third-party library has one home. `ArchitectureTests` holds the imports against this file.

let house: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
    .treatAllWarnings(as: .error),
]

func module(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, swiftSettings: house)
}

/// Golden files lie beside the tests that read them; SwiftPM is to leave them alone.
func tests(_ name: String, _ dependencies: [Target.Dependency], except files: [String] = []) -> Target {
    .testTarget(
        name: "\(name)Tests",
        dependencies: [.byName(name: name)] + dependencies,
        exclude: files,
        swiftSettings: house
    )
}

let argumentParser = Target.Dependency.product(name: "ArgumentParser", package: "swift-argument-parser")
let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let sqlite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let hummingbird = Target.Dependency.product(name: "Hummingbird", package: "hummingbird")
let lifecycle = Target.Dependency.product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let nioCore = Target.Dependency.product(name: "NIOCore", package: "swift-nio")
let nioHTTP1 = Target.Dependency.product(name: "NIOHTTP1", package: "swift-nio")
let nioPosix = Target.Dependency.product(name: "NIOPosix", package: "swift-nio")
let nioWebSocket = Target.Dependency.product(name: "NIOWebSocket", package: "swift-nio")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
    name: "lookout",
    products: [
        .executable(name: "lookout", targets: ["lookout"])
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.0", traits: []),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // Floor 0: C shims, the calendar.
        .systemLibrary(
            name: "CCurl",
            pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"])]
        ),
        .target(name: "CRE2", linkerSettings: [.linkedLibrary("re2")]),
        .systemLibrary(name: "CLinux"),
        module("CivilTime"),

        // Floor 1: the vocabulary and the engines.
        module("LookoutModel", ["CivilTime"]),
        module("CEL", ["CRE2", "CivilTime"]),
        module("LookoutStatistics"),
        module("LookoutSettings", ["LookoutModel"]),
        module("LookoutProcesses", ["LookoutModel", "CLinux"]),
        module("LookoutHTTP", ["LookoutModel", "CivilTime", "CCurl", "CLinux"]),

        // Floor 2: decisions and ports.
        module("LookoutProbing", ["LookoutModel", "LookoutSettings", "LookoutHTTP", "CLinux", logging]),
        module("LookoutRules", ["LookoutModel", "LookoutSettings", "CEL"]),
        module("LookoutAlerting", ["LookoutModel", "LookoutSettings", "LookoutHTTP", "CivilTime", logging]),

        module("LookoutDeployments", ["LookoutModel", "LookoutStatistics", "CivilTime", logging]),
        module("CELExchange", ["CEL", "LookoutModel"]),

        // Floor 3: adapters.
        module("LookoutProbes", ["LookoutProbing", "LookoutModel", "LookoutSettings", "LookoutHTTP"]),
        module(
            "LookoutReceivers",
            [
                "LookoutAlerting", "LookoutModel", "LookoutSettings", "LookoutHTTP", "LookoutProcesses",
                "CivilTime",
            ]
        ),
        module(
            "LookoutProviders",
            ["LookoutDeployments", "LookoutModel", "LookoutHTTP", "LookoutProcesses", "CivilTime"]
        ),
        module(
            "LookoutDiagnosis",
            ["LookoutDeployments", "LookoutRules", "LookoutModel", "LookoutSettings", "CEL"]
        ),
        module(
            "LookoutStorage",
            [
                "LookoutProbing", "LookoutAlerting", "LookoutDeployments", "LookoutStatistics",
                "LookoutModel", grdb, sqlite,
            ]
        ),
        module(
            "LookoutConfiguration",
            [
                "LookoutProbing", "LookoutRules", "LookoutAlerting", "LookoutDeployments", "LookoutDiagnosis",
                "LookoutModel", "LookoutSettings", "CEL", "CivilTime", yams,
            ]
        ),
        module(
            "LookoutPipeline",
            [
                "LookoutProbing", "LookoutRules", "LookoutAlerting", "LookoutDeployments",
                "LookoutStatistics",
                "LookoutModel", logging,
            ]
        ),
        module("LookoutSimulation", ["LookoutProbing", "LookoutAlerting", "LookoutModel"]),

        // Floor 4: servers, and rehearsals.
        module(
            "LookoutDashboard",
            [
                "LookoutModel", "LookoutSettings", "LookoutAlerting", "LookoutDeployments", "CivilTime",
                hummingbird, logging,
            ]
        ),
        module(
            "LookoutDemo",
            [
                "LookoutModel", "LookoutSettings", "LookoutHTTP", "LookoutProbes", nioCore, nioPosix,
                nioHTTP1,
                nioWebSocket,
            ]
        ),
        module(
            "LookoutRehearsal",
            [
                "LookoutModel", "LookoutSettings", "LookoutHTTP", "LookoutProbing", "LookoutRules",
                "LookoutAlerting", "LookoutPipeline", "LookoutSimulation", "LookoutConfiguration", "CEL",
                "CELExchange", logging,
            ]
        ),

        // Floor 5: composition.
        module(
            "LookoutDaemon",
            [
                "LookoutModel", "LookoutSettings", "LookoutHTTP", "LookoutProbing", "LookoutRules",
                "LookoutAlerting", "LookoutProbes", "LookoutReceivers", "LookoutStorage",
                "LookoutConfiguration", "LookoutPipeline", "LookoutDashboard", "LookoutDeployments",
                "LookoutProviders", "LookoutDiagnosis", "CLinux", lifecycle, logging,
            ]
        ),
        module(
            "LookoutCommands",
            [
                "LookoutModel", "LookoutSettings", "LookoutHTTP", "LookoutProbing", "LookoutRules",
                "LookoutAlerting", "LookoutProbes", "LookoutReceivers", "LookoutStorage",
                "LookoutConfiguration", "LookoutDashboard", "LookoutDemo", "LookoutDaemon",
                "LookoutRehearsal", "LookoutScenarios", "LookoutDeployments", "LookoutProviders",
                "LookoutDiagnosis", "LookoutStatistics", "CEL", "CELExchange", argumentParser, logging,
            ]
        ),
        module(
            "LookoutScenarios",
            [
                "LookoutModel", "LookoutSettings", "LookoutHTTP", "LookoutProbing", "LookoutRules",
                "LookoutAlerting", "LookoutProbes", "LookoutReceivers", "LookoutConfiguration",
                "LookoutPipeline", "LookoutSimulation", "LookoutDeployments", "LookoutProviders",
                "LookoutDiagnosis", "LookoutDemo", logging,
            ]
        ),

        // Floor 6: main.
        .executableTarget(name: "lookout", dependencies: ["LookoutCommands"], swiftSettings: house),

        // Beside the floors: what the tests share.
        module(
            "LookoutTestSupport",
            [
                "LookoutModel", "LookoutSettings", "LookoutHTTP", "LookoutProbing", "LookoutAlerting",
                "LookoutSimulation",
            ]
        ),

        tests("CivilTime", []),
        tests("LookoutStatistics", ["LookoutTestSupport", "LookoutSimulation"], except: ["Fixtures"]),
        tests("LookoutModel", ["CivilTime", "LookoutTestSupport", "LookoutSimulation"]),
        tests(
            "CEL",
            ["CELExchange", "LookoutModel", "LookoutTestSupport", "LookoutSimulation"],
            except: ["Resources", "KnownFailures.txt"]
        ),
        tests("LookoutSettings", ["LookoutModel", "LookoutTestSupport", "LookoutSimulation"]),
        tests("LookoutHTTP", ["LookoutModel", "LookoutTestSupport", "LookoutSimulation", "CCurl"]),
        tests(
            "LookoutProbing",
            [
                "LookoutModel", "LookoutSettings", "LookoutHTTP", "LookoutTestSupport", "LookoutSimulation",
                logging,
            ]
        ),
        tests(
            "LookoutRules",
            [
                "LookoutModel", "LookoutSettings", "LookoutProbing", "LookoutProbes", "LookoutConfiguration",
                "LookoutTestSupport", "LookoutSimulation", "CEL",
            ]
        ),
        tests(
            "LookoutAlerting",
            [
                "LookoutModel", "LookoutSettings", "LookoutHTTP", "LookoutTestSupport", "LookoutSimulation",
                "CivilTime", logging,
            ],
            except: ["Goldens"]
        ),
        tests(
            "LookoutProbes",
            [
                "LookoutProbing", "LookoutModel", "LookoutSettings", "LookoutHTTP", "LookoutTestSupport",
                "LookoutSimulation",
            ]
        ),
        tests(
            "LookoutReceivers",
            [
                "LookoutAlerting", "LookoutModel", "LookoutSettings", "LookoutHTTP", "LookoutTestSupport",
                "LookoutSimulation",
            ],
            except: ["Fixtures", "Goldens", "Email/Goldens"]
        ),
        tests(
            "LookoutStorage",
            [
                "LookoutProbing", "LookoutAlerting", "LookoutDeployments", "LookoutStatistics",
                "LookoutPipeline",
                "LookoutModel", "LookoutHTTP", "LookoutTestSupport", "LookoutSimulation", grdb,
            ],
            except: ["Fixtures", "Goldens"]
        ),
        tests(
            "LookoutConfiguration",
            [
                "LookoutProbing", "LookoutRules", "LookoutAlerting", "LookoutDeployments", "LookoutDiagnosis",
                "LookoutProbes", "LookoutReceivers",
                "LookoutModel", "LookoutSettings", "LookoutHTTP", "LookoutTestSupport", "LookoutSimulation",
            ]
        ),
        tests(
            "LookoutDashboard",
            [
                "LookoutModel", "LookoutSettings", "LookoutHTTP", "LookoutAlerting", "LookoutDeployments",
                "LookoutStatistics",

                "LookoutSimulation", "LookoutTestSupport", logging,
            ]
        ),
        tests(
            "LookoutDemo",
            [
                "LookoutModel", "LookoutSettings", "LookoutHTTP", "LookoutProbing", "LookoutProbes",
                "LookoutConfiguration", "LookoutTestSupport", "LookoutSimulation",
            ]
        ),
        tests("CELExchange", ["CEL", "LookoutModel", "LookoutTestSupport"]),
        tests(
            "LookoutScenarios",
            [
                "LookoutDemo", "LookoutConfiguration", "LookoutModel", "LookoutSettings",
                "LookoutTestSupport", "LookoutSimulation",
            ]
        ),
        tests("LookoutProcesses", ["LookoutModel", "LookoutTestSupport", "LookoutSimulation"]),
        tests(
            "LookoutDeployments",
            ["LookoutModel", "LookoutStatistics", "LookoutTestSupport", "LookoutSimulation", logging],
            except: ["Record/Goldens", "Rollback/Goldens", "Gate/Goldens"]
        ),
        tests(
            "LookoutProviders",
            [
                "LookoutDeployments", "LookoutModel", "LookoutSettings", "LookoutHTTP", "LookoutProcesses",
                "LookoutDemo", "LookoutTestSupport", "LookoutSimulation",
            ]
        ),
        tests(
            "LookoutDiagnosis",
            [
                "LookoutDeployments", "LookoutRules", "LookoutModel", "LookoutSettings",
                "LookoutConfiguration", "LookoutTestSupport", "LookoutSimulation",
            ]
        ),
        tests(
            "LookoutRehearsal",
            [
                "LookoutModel", "LookoutSettings", "LookoutProbing", "LookoutRules", "LookoutAlerting",
                "LookoutPipeline", "LookoutSimulation", "LookoutConfiguration", "LookoutProbes",
                "LookoutReceivers", "LookoutTestSupport", "CEL", logging,
            ],
            except: ["Fixtures"]
        ),
        tests(
            "LookoutPipeline",
            [
                "LookoutModel", "LookoutSettings", "LookoutProbing", "LookoutRules", "LookoutAlerting",
                "LookoutConfiguration", "LookoutSimulation", "LookoutTestSupport", logging,
            ]
        ),
        tests(
            "LookoutDaemon",
            [
                "LookoutModel", "LookoutSettings", "LookoutHTTP", "LookoutAlerting", "LookoutConfiguration",
                "LookoutReceivers", "LookoutDashboard", "LookoutTestSupport", "LookoutSimulation", logging,
            ]
        ),
        tests(
            "LookoutCommands",
            [
                "LookoutModel", "LookoutProbing", "LookoutRules", "LookoutAlerting", "LookoutDashboard",
                "LookoutDemo", "LookoutDaemon", "LookoutRehearsal", "LookoutDeployments",
                "LookoutStatistics", "LookoutTestSupport", "LookoutSimulation",
            ],
            except: ["Goldens", "Deploy/Goldens", "Deploy/reference.py"]
        ),
        tests(
            "LookoutTestSupport",
            ["LookoutSimulation", "LookoutModel", "LookoutProbing", "LookoutAlerting"],
            except: ["Goldens"]
        ),
        .testTarget(
            name: "ArchitectureTests",
            dependencies: ["LookoutTestSupport", "LookoutSimulation"],
            swiftSettings: house
        ),
        .testTarget(
            name: "EndToEndTests",
            dependencies: [
                "LookoutModel", "LookoutHTTP", "LookoutProbing", "LookoutAlerting", "LookoutDemo",
                "LookoutCommands",
                "LookoutTestSupport", "LookoutSimulation", "lookout", grdb,
            ],
            swiftSettings: house
        ),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
