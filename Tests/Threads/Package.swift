// swift-tools-version: 6.2
import PackageDescription

// A package of its own, because its flags are not those of the program: the modules that share state among threads, for
// ThreadSanitizer. run.sh brings their sources, and Known.swift into each.

let strict: [SwiftSetting] = [
    .enableUpcomingFeature("ExistentialAny"),
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .define("LLM"),
]
let logging: Target.Dependency = .product(name: "Logging", package: "swift-log")
let nio: [Target.Dependency] = [
    .product(name: "NIOCore", package: "swift-nio"), .product(name: "NIOPosix", package: "swift-nio"),
]

let package = Package(
    name: "threads",
    platforms: [.macOS(.v15)],
    dependencies: [
        .package(url: "https://github.com/apple/swift-log", from: "1.16.2"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.101.2"),
    ],
    targets: [
        .systemLibrary(name: "CCurl", pkgConfig: "libcurl", providers: [.apt(["libcurl4-openssl-dev"])]),
        .target(name: "CurlShim", dependencies: ["CCurl"], cSettings: [.define("LLM")]),
        .target(name: "Transport", dependencies: ["CurlShim", logging], swiftSettings: strict),
        .target(name: "LLM", dependencies: ["Transport", logging], swiftSettings: strict),
        .target(name: "TestSupport", path: "Tests/Support", swiftSettings: strict),
        .testTarget(
            name: "TransportTests", dependencies: ["Transport", "TestSupport"] + nio, swiftSettings: strict),
        .testTarget(
            name: "LLMTests", dependencies: ["LLM", "Transport", "TestSupport"] + nio, swiftSettings: strict),
    ],
    swiftLanguageModes: [.v6]
)
