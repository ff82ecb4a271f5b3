// swift-tools-version: 6.2
import PackageDescription

// A package of its own, because its flags are not those of the program: everything is built for libFuzzer and
// AddressSanitizer. Its modules are those of the program, by links; what needs the store or the network stays out.

let instruments = ["-sanitize=fuzzer,address"]

func module(_ name: String, _ modules: [Target.Dependency] = [], exclude: [String] = []) -> Target {
    .target(
        name: name, dependencies: modules, exclude: exclude,
        swiftSettings: [
            .enableUpcomingFeature("ExistentialAny"),
            .enableUpcomingFeature("InternalImportsByDefault"),
            .enableUpcomingFeature("MemberImportVisibility"),
            .unsafeFlags(["-enable-testing", "-parse-as-library"] + instruments),
        ])
}

let package = Package(
    name: "fuzz",
    platforms: [.macOS(.v15)],
    products: [.library(name: "Targets", type: .static, targets: ["Targets"])],
    targets: [
        .target(name: "CByteMask"),
        .target(name: "CPostings"),
        .target(name: "CPrefetch"),
        module("Text", ["CByteMask", "CPrefetch"]),
        module("Search", ["CPostings", "CPrefetch", "Text"]),
        module("News", ["Text"]),
        .systemLibrary(name: "CXML", pkgConfig: "libxml-2.0", providers: [.apt(["libxml2-dev"])]),
        module("Markup", ["CXML"]),
        module(
            "Ingest", ["Markup", "News", "Text"],
            exclude: [
                "Ingestor.swift", "IngestReport.swift", "FrontMatter.swift", "MarkdownParser.swift",
                "Feeds/FeedPoller.swift", "Feeds/FeedReader.swift", "Feeds/WebFetcher.swift",
                "Hubs/HubSignature.swift", "Hubs/HubSubscriber.swift",
            ]),
        module("Targets", ["Ingest", "Markup", "News", "Search", "Text"]),
    ],
    swiftLanguageModes: [.v6]
)
