// swift-tools-version:6.2
import PackageDescription

// A package of its own, so that nobody who builds the product builds this. It compiles the
// product's modules itself, since all that they offer has `package` access: `Product` is a link
// to the folder of their sources, and the targets below say of each what ../Package.swift says.

let house: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
    .enableUpcomingFeature("InferIsolatedConformances"),
    .enableUpcomingFeature("ImmutableWeakCaptures"),
    .treatAllWarnings(as: .error),
]

func product(_ name: String, _ dependencies: [Target.Dependency] = []) -> Target {
    .target(name: name, dependencies: dependencies, path: "Product/\(name)", swiftSettings: house)
}

let grdb = Target.Dependency.product(name: "GRDB", package: "GRDB.swift")
let grdbSQLite = Target.Dependency.product(name: "GRDBSQLite", package: "GRDB.swift")
let logging = Target.Dependency.product(name: "Logging", package: "swift-log")
let yams = Target.Dependency.product(name: "Yams", package: "Yams")

let package = Package(
    name: "lookout-benchmarks",
    dependencies: [
        .package(url: "https://github.com/apple/swift-log", from: "1.16.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.0"),
    ],
    targets: [
        .systemLibrary(
            name: "CCurl",
            path: "Product/CCurl",
            pkgConfig: "libcurl",
            providers: [.apt(["libcurl4-openssl-dev"])]
        ),
        .target(name: "CRE2", path: "Product/CRE2", linkerSettings: [.linkedLibrary("re2")]),
        .systemLibrary(name: "CLinux", path: "Product/CLinux"),

        product("LookoutModel"),
        product("CivilTime"),
        product("CEL", ["CRE2", "CivilTime"]),
        product("CELExchange", ["CEL", "LookoutModel"]),
        product("LookoutSettings", ["LookoutModel"]),
        product("LookoutHTTP", ["LookoutModel", "CCurl", "CLinux"]),
        product("LookoutProbing", ["LookoutModel", "LookoutSettings", "LookoutHTTP", "CLinux", logging]),
        product("LookoutRules", ["LookoutModel", "LookoutSettings", "CEL"]),
        product("LookoutAlerting", ["LookoutModel", "CivilTime", "LookoutSettings", "LookoutHTTP", logging]),
        product("LookoutProbes", ["LookoutProbing", "LookoutModel", "LookoutSettings", "LookoutHTTP"]),
        product(
            "LookoutReceivers",
            ["LookoutAlerting", "LookoutModel", "LookoutSettings", "LookoutHTTP", "CivilTime", "CLinux"]
        ),
        product("LookoutStorage", ["LookoutProbing", "LookoutAlerting", "LookoutModel", grdb, grdbSQLite]),
        product(
            "LookoutConfiguration",
            ["LookoutProbing", "LookoutRules", "LookoutAlerting", "LookoutModel", "LookoutSettings", yams]
        ),
        product(
            "LookoutPipeline",
            ["LookoutProbing", "LookoutRules", "LookoutAlerting", "LookoutModel", logging]
        ),
        product("LookoutSimulation", ["LookoutProbing", "LookoutAlerting", "LookoutModel"]),
        product(
            "LookoutRehearsal",
            [
                "LookoutModel", "LookoutSettings", "LookoutHTTP", "LookoutProbing", "LookoutRules",
                "LookoutAlerting", "LookoutPipeline", "LookoutSimulation", "LookoutConfiguration", "CEL",
                "CELExchange", logging,
            ]
        ),

        .executableTarget(
            name: "lookout-benchmark",
            dependencies: [
                "LookoutModel", "CEL", "CELExchange", "LookoutSettings", "LookoutHTTP", "LookoutProbing",
                "LookoutRules",
                "LookoutProbes", "LookoutStorage", "LookoutConfiguration", "LookoutRehearsal",
                "LookoutAlerting", "LookoutReceivers", "LookoutPipeline", logging,
            ],
            swiftSettings: house
        ),
    ],
    swiftLanguageModes: [.v6],
    cxxLanguageStandard: .cxx17
)
