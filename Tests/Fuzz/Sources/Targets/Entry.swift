import Foundation

/// What libFuzzer calls once, before all else: says which target is meant, or writes seeds and ends.
///
/// `FUZZ_TARGET` names the target. `FUZZ_SEEDS` names a folder into which the seeds of targets go whose bytes only the
/// program itself can write.
@_cdecl("LLVMFuzzerInitialize")
public func initialize(
    _: UnsafeMutablePointer<CInt>?,
    _: UnsafeMutablePointer<UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>?>?
) -> CInt {
    let environment = ProcessInfo.processInfo.environment
    if let folder = environment["FUZZ_SEEDS"] {
        do { try Seeds.write(to: folder) } catch { fatalError("the seeds cannot be written: \(error)") }
        exit(0)
    }
    guard Target.chosen != nil else {
        let known = Target.allCases.map(\.rawValue).joined(separator: ", ")
        fatalError("FUZZ_TARGET is “\(environment["FUZZ_TARGET"] ?? "")”; name one of \(known)")
    }
    return 0
}

/// What libFuzzer calls with each input.
@_cdecl("LLVMFuzzerTestOneInput")
public func test(_ start: UnsafePointer<UInt8>?, _ count: Int) -> CInt {
    Target.chosen?.run([UInt8](UnsafeBufferPointer(start: start, count: count)))
    return 0
}

/// What reads bytes that come from outside.
enum Target: String, CaseIterable {
    case feed, opml, page, post, lines, telegram, slack, wordpress
    case segment, vectors, manifest

    static let chosen = ProcessInfo.processInfo.environment["FUZZ_TARGET"].flatMap(Target.init)

    func run(_ bytes: [UInt8]) {
        switch self {
        case .feed: Incoming.feed(bytes)
        case .opml: Incoming.opml(bytes)
        case .page: Incoming.page(bytes)
        case .post: Incoming.post(bytes)
        case .lines: Incoming.lines(bytes)
        case .telegram: Incoming.telegram(bytes)
        case .slack: Incoming.slack(bytes)
        case .wordpress: Incoming.wordPress(bytes)
        case .segment: IndexBytes.segment(bytes)
        case .vectors: IndexBytes.vectors(bytes)
        case .manifest: IndexBytes.manifest(bytes)
        }
    }
}

/// Ends the program, for libFuzzer to keep the input, where something that must hold does not.
func require(_ condition: Bool, _ what: @autoclosure () -> String) {
    if !condition { fatalError(what()) }
}
