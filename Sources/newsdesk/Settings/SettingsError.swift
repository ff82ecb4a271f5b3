/// What is wrong with the settings, in one line: the key, where it was set, and the mend.
struct SettingsError: Error, Sendable, Hashable, CustomStringConvertible {
    /// The file with its line, the variable, or the option.
    var place: String
    /// What is wrong and how to mend it.
    var message: String

    var description: String { "\(place): \(message)" }
}
