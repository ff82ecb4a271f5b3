// swift-tools-version: 6.2
import PackageDescription

/// Every target of ours: Swift 6, explicit imports and existentials, warnings as errors.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .define("LLM", .when(traits: ["LLM"])),
    .treatAllWarnings(as: .error),
]

/// The inner loops of text analysis and scoring, optimised in debug builds too, so that tests run at a usable speed.
let hot: [SwiftSetting] = strict + [.unsafeFlags(["-O"], .when(configuration: .debug))]

func library(_ name: String, _ package: String) -> Target.Dependency {
    .product(name: name, package: package)
}

/// One row of the table of arrows: a module, the modules it may import, and the packages it alone may use.
func module(
    _ name: String, _ modules: [String] = [], packages: [Target.Dependency] = [],
    settings: [SwiftSetting] = strict
) -> Target {
    .target(name: name, dependencies: modules.map { .target(name: $0) } + packages, swiftSettings: settings)
}

func tests(
    _ name: String, _ modules: [String] = [], packages: [Target.Dependency] = [], resources: [Resource] = []
)
    -> Target
{
    .testTarget(
        name: name + "Tests", dependencies: ([name] + modules).map { .target(name: $0) } + packages,
        resources: resources, swiftSettings: strict)
}

let curl: Target.Dependency = .target(name: "CurlShim", condition: .when(traits: ["LLM"]))
let logging = library("Logging", "swift-log")
let hummingbird = library("Hummingbird", "hummingbird")
let mustache = library("Mustache", "swift-mustache")
let yams = library("Yams", "Yams")

let package = Package(
    name: "newsdesk",
    platforms: [.macOS(.v15)],
    products: [.executable(name: "newsdesk", targets: ["newsdesk"])],
    traits: [
        .trait(name: "LLM", description: "Forward grounded prompts to models over libcurl"),
        .default(enabledTraits: ["LLM"]),
    ],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.8.2"),
        .package(url: "https://github.com/apple/swift-crypto", from: "4.5.2"),
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-metrics", from: "2.13.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.8.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.10.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.28.1"),
        .package(url: "https://github.com/hummingbird-project/swift-mustache", from: "2.1.1"),
        .package(url: "https://github.com/jpsim/Yams", from: "6.2.2"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.13.0"),
    ],
    targets: [
        // What the compiler has and Swift has no word for.
        .target(name: "CByteMask"),
        .target(name: "CPostings"),
        .target(name: "CPrefetch"),
        // L0, pure: no I/O, no clock, no network.
        module("Text", ["CByteMask", "CPrefetch"], settings: hot),
        module("Search", ["CPostings", "CPrefetch", "Text"], settings: hot),
        module("News", ["Text"]),
        // L1, edges: each hides one foreign thing.
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .target(
            name: "CurlShim", dependencies: [.target(name: "CCurl", condition: .when(traits: ["LLM"]))],
            cSettings: [.define("LLM", .when(traits: ["LLM"]))]),
        .systemLibrary(
            name: "CAllocator", pkgConfig: "libtcmalloc_minimal",
            providers: [.apt(["libgoogle-perftools-dev"])]),
        .systemLibrary(name: "CEdit", pkgConfig: "libedit", providers: [.apt(["libedit-dev"])]),
        .systemLibrary(name: "CXML", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        module("Markup", ["CXML"]),
        module("Transport", packages: [curl, logging]),
        module(
            "Storage", ["News", "Text"],
            packages: [library("GRDB", "GRDB.swift"), library("GRDBSQLite", "GRDB.swift")]),
        module("LLM", ["Transport"], packages: [logging]),
        // L2, stages.
        module(
            "Ingest", ["Markup", "News", "Storage", "Text", "Transport"],
            packages: [library("Crypto", "swift-crypto"), logging, yams]),
        module("Retrieval", ["News", "Search", "Storage", "Text"], packages: [logging]),
        module("Answering", ["LLM", "News", "Retrieval", "Storage", "Text"], packages: [logging, mustache]),
        module(
            "Chat", ["Answering", "News", "Retrieval", "Storage", "Text", "Transport"],
            packages: [library("Crypto", "swift-crypto"), logging, mustache, yams]),
        module("Evaluation", ["Answering", "News", "Search", "Text"], packages: [yams]),
        // L3, the shell.
        .executableTarget(
            name: "newsdesk",
            dependencies: [
                "Answering", "CAllocator", "CEdit", "Chat", "Evaluation", "Ingest", "LLM", "News",
                "Retrieval",
                "Search", "Storage", "Text", "Transport",
                library("ArgumentParser", "swift-argument-parser"), hummingbird, logging, yams,
                library("HTTPTypes", "swift-http-types"), library("Metrics", "swift-metrics"),
                library("NIOCore", "swift-nio"), library("NIOFoundationCompat", "swift-nio"),
                library("ServiceLifecycle", "swift-service-lifecycle"),
            ],
            swiftSettings: strict),
        // What the load of chat platforms is measured against.
        .executableTarget(
            name: "BareServer", dependencies: [hummingbird, logging], path: "Tests/Benchmarks/BareServer",
            swiftSettings: strict),
        // Peers and programs that tests of several modules talk to.
        .target(name: "TestSupport", path: "Tests/Support", swiftSettings: strict),
        tests("Text"),
        tests("Search", ["Text"]),
        tests("News", ["TestSupport", "Text"]),
        tests(
            "Transport", ["TestSupport"],
            packages: [library("NIOCore", "swift-nio"), library("NIOPosix", "swift-nio")]),
        tests("Markup"),
        tests("Storage", ["News", "Text"]),
        tests(
            "LLM", ["TestSupport", "Transport"],
            packages: [library("NIOCore", "swift-nio"), library("NIOPosix", "swift-nio")]),
        tests(
            "Ingest", ["Markup", "News", "Storage", "TestSupport", "Text", "Transport"],
            packages: [library("Crypto", "swift-crypto"), logging],
            resources: [.copy("Fixtures")]),
        tests("Retrieval", ["News", "Search", "Storage", "Text"], packages: [logging]),
        tests(
            "Answering", ["Ingest", "LLM", "News", "Retrieval", "Storage", "Text"], packages: [logging],
            resources: [.copy("Fixtures")]),
        tests(
            "Chat", ["Answering", "News", "Storage", "Transport"],
            packages: [library("Crypto", "swift-crypto")],
            resources: [.copy("Fixtures")]),
        tests("Evaluation", ["Answering", "News", "Text"]),
        tests(
            "newsdesk",
            [
                "Answering", "Chat", "Evaluation", "Ingest", "LLM", "News", "Retrieval", "Search", "Storage",
                "Text", "TestSupport", "Transport",
            ],
            packages: [
                library("Crypto", "swift-crypto"), hummingbird, logging,
                library("ServiceLifecycle", "swift-service-lifecycle"),
            ]),
    ],
    swiftLanguageModes: [.v6]
)
