import ArgumentParser

@main
struct Newsdesk: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "newsdesk")
    func run() async throws {}
}
