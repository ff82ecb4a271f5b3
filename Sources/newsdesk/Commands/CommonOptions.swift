import ArgumentParser
import Foundation

/// The options that every command takes.
struct CommonOptions: ParsableArguments {
    @Option(
        name: .customLong("config"), help: ArgumentHelp("Read settings from this file.", valueName: "file"))
    var configuration: String?

    @Option(
        name: .customLong("data-dir"), help: ArgumentHelp("The folder of the archive.", valueName: "folder"))
    var dataDirectory: String?

    @Option(
        name: .customLong("prompts-dir"),
        help: ArgumentHelp("The folder of the templates.", valueName: "folder"))
    var promptsDirectory: String?

    @Option(help: ArgumentHelp("trace, debug, info, notice, warning or error.", valueName: "level"))
    var logLevel: String?

    /// The settings of this start.
    ///
    /// - Parameters:
    ///   - options: what the command adds: the option's name, its key and its value.
    ///   - environment: the variables of the process.
    /// - Returns: the settings with the place that each came from.
    /// - Throws: ``SettingsError`` for the first value that is unknown or invalid.
    func settings(
        _ options: [(option: String, key: SettingKey, value: String?)] = [],
        environment: [String: String] = ProcessInfo.processInfo.environment
    ) throws(SettingsError) -> Settings {
        let locations = Locations(environment: environment)
        var raw = RawSettings()
        let named = configuration ?? environment["NEWSDESK_CONFIG"]
        let candidates = named.map { [Locations.expanded($0)] } ?? locations.configurationFiles
        let file = candidates.first { FileManager.default.fileExists(atPath: $0) }
        if let named, file == nil {
            throw SettingsError(
                place: configuration == nil ? "NEWSDESK_CONFIG" : "--config", message: "no file \(named)")
        }
        if let file {
            guard let bytes = FileManager.default.contents(atPath: file) else {
                throw SettingsError(place: file, message: "cannot be read: mend its permissions")
            }
            try raw.add(yaml: String(decoding: bytes, as: UTF8.self), file: file)
        }
        try raw.add(environment: environment)
        raw.add(option: "--data-dir", key: .dataDirectory, value: dataDirectory)
        raw.add(option: "--prompts-dir", key: .promptsDirectory, value: promptsDirectory)
        raw.add(option: "--log-level", key: .logLevel, value: logLevel)
        for (option, key, value) in options { raw.add(option: option, key: key, value: value) }
        return try Settings(raw, locations: locations)
    }

    /// Works with the newsroom of these settings, and closes it afterwards.
    func withNewsroom(_ work: @Sendable (Newsroom) async throws -> Void) async throws {
        let settings = try settings()
        let newsroom = try await Newsroom.open(settings, logger: Log.make(settings))
        do {
            try await work(newsroom)
        } catch {
            await newsroom.close()
            throw error
        }
        await newsroom.close()
    }
}
