import Foundation

/// The files below a list of paths, in a fixed order, with what was wrong with the paths.
struct SourceFiles: Sendable {
    /// The form of a file, told by its extension.
    enum Form: Sendable {
        case post, markdown, jsonLines, page, json, wordPress

        init?(path: String) {
            switch (path as NSString).pathExtension.lowercased() {
            case "txt", "text": self = .post
            case "md", "markdown": self = .markdown
            case "jsonl", "ndjson": self = .jsonLines
            case "html", "htm", "xhtml": self = .page
            case "json": self = .json
            case "xml", "wxr": self = .wordPress
            default: return nil
            }
        }
    }

    struct File: Sendable {
        /// Absolute, without symbolic links.
        var path: String
        var form: Form
        var bytes: Int
        var modified: Date
    }

    private(set) var files: [File] = []
    private(set) var diagnostics: [Diagnostic] = []

    /// Walks the paths: files as they are, folders in sorted order without hidden files; each file once.
    ///
    /// A file of an unknown form is passed over inside a folder and refused where it is named itself. Symbolic links to
    /// folders are followed only where they are named, so that no walk runs in a circle.
    init(_ paths: [String]) {
        var seen: Set<String> = []
        for path in paths {
            if path == "-" {
                files.append(File(path: "/dev/stdin", form: .jsonLines, bytes: 0, modified: Date()))
                continue
            }
            let absolute = URL(fileURLWithPath: path).standardizedFileURL.resolvingSymlinksInPath().path
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: absolute, isDirectory: &isFolder) else {
                refuse(path, "there is no such file or folder", mend: "check the path")
                continue
            }
            if isFolder.boolValue {
                walk(absolute, &seen)
            } else if let form = Form(path: absolute) {
                add(absolute, form, &seen)
            } else {
                refuse(
                    path, "files of this kind are not read",
                    mend:
                        "name it .txt for posts, .md for Markdown, .jsonl for JSON Lines, .html for pages, .json for an export of Telegram or Slack, or .xml for one of WordPress"
                )
            }
        }
    }

    private mutating func walk(_ root: String, _ seen: inout Set<String>) {
        // A stack of our own: folders may lie deeper than the thread's stack.
        var pending = [root]
        while let path = pending.popLast() {
            var isFolder: ObjCBool = false
            guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else { continue }
            guard isFolder.boolValue else {
                if let form = Form(path: path) { add(path, form, &seen) }
                continue
            }
            let isLink = (try? FileManager.default.destinationOfSymbolicLink(atPath: path)) != nil
            if isLink, path != root { continue }
            do {
                let names = try FileManager.default.contentsOfDirectory(atPath: path).filter {
                    !$0.hasPrefix(".")
                }
                pending += names.sorted(by: >).map { path + "/" + $0 }
            } catch {
                refuse(path, "the folder cannot be read", mend: "check its permissions")
            }
        }
    }

    private mutating func add(_ path: String, _ form: Form, _ seen: inout Set<String>) {
        guard seen.insert(path).inserted else { return }
        do {
            let attributes = try FileManager.default.attributesOfItem(atPath: path)
            files.append(
                File(
                    path: path, form: form, bytes: (attributes[.size] as? NSNumber)?.intValue ?? 0,
                    modified: attributes[.modificationDate] as? Date ?? .distantPast))
        } catch {
            refuse(path, "the file cannot be looked at", mend: "check its permissions")
        }
    }

    private mutating func refuse(_ path: String, _ message: String, mend: String) {
        diagnostics.append(
            Diagnostic(origin: path, line: 1, severity: .refused, message: message, mend: mend))
    }
}
