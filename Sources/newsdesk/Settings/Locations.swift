import Foundation

/// Where things lie on this machine when no setting says otherwise (XDG Base Directory Specification 0.8).
struct Locations: Sendable {
    /// The folder of the archive.
    var dataDirectory: String
    /// The folder of the templates.
    var promptsDirectory: String
    /// The configuration files to look for, in order; the first that exists is read.
    var configurationFiles: [String]

    /// The locations for an environment, a program and a working directory.
    init(
        environment: [String: String] = ProcessInfo.processInfo.environment,
        program: String = Locations.program,
        workingDirectory: String = FileManager.default.currentDirectoryPath
    ) {
        func folder(_ variable: String, _ fallback: String) -> String {
            // The specification has relative paths ignored.
            if let path = environment[variable], path.hasPrefix("/") { return path }
            return (environment["HOME"] ?? NSHomeDirectory()) + fallback
        }
        dataDirectory = folder("XDG_DATA_HOME", "/.local/share") + "/newsdesk"
        let folders = Self.ancestors(of: program)
        let prefix = folders.dropFirst().first ?? "/"
        configurationFiles = [
            workingDirectory + "/newsdesk.yaml",
            folder("XDG_CONFIG_HOME", "/.config") + "/newsdesk/newsdesk.yaml", prefix + "/etc/newsdesk.yaml",
        ]
        // Installed, the templates lie beside the program's prefix; in a checkout, above the build folder.
        let places = [prefix + "/share/newsdesk/prompts"] + folders.map { $0 + "/prompts" }
        promptsDirectory =
            places.first { FileManager.default.fileExists(atPath: $0 + "/en/fact.mustache") }
            ?? workingDirectory + "/prompts"
    }

    /// The path of this program, links followed.
    static let program: String = {
        let path =
            (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe"))
            ?? Bundle.main.executablePath ?? CommandLine.arguments.first ?? ""
        return URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    }()

    /// A path with a leading `~/` replaced by the home folder, made absolute.
    static func expanded(_ path: String) -> String {
        if path == "~" || path.hasPrefix("~/") {
            return (ProcessInfo.processInfo.environment["HOME"] ?? NSHomeDirectory()) + path.dropFirst()
        }
        return URL(fileURLWithPath: path).standardizedFileURL.path
    }

    /// The folder of a file, the folder above it, and so on.
    private static func ancestors(of path: String) -> [String] {
        var result: [String] = []
        var parts = path.split(separator: "/").dropLast()
        while !parts.isEmpty {
            result.append("/" + parts.joined(separator: "/"))
            parts = parts.dropLast()
        }
        return result
    }
}
