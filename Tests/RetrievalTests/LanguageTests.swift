import Foundation
import Logging
import News
import Storage
import Testing
import Text

@testable import Retrieval

/// Articles of six languages in one archive, several of each, so that words of all of them stand side by side.
@Suite struct LanguageTests {
    private let now = Date(timeIntervalSince1970: 1_752_800_000)

    private static let articles: [(id: String, language: Language, headline: String, body: String)] = [
        (
            "de-haushalt", .german, "Bundestag beschließt den Haushalt",
            "Die Abgeordneten des Bundestages haben den Haushalt für das kommende Jahr beschlossen. Die Ausgaben für "
                + "Schulen steigen um vier Prozent."
        ),
        (
            "de-werk", .german, "Volkswagen schließt sein Werk in Emden",
            "Der Autohersteller Volkswagen kündigte die Schließung seines Werkes an. Die Gewerkschaften wollen streiken."
        ),
        (
            "de-dom", .german, "Kölner Dom wird restauriert",
            "Handwerker erneuern die Fenster des Domes. Die Häuser am Platz bleiben zugänglich."
        ),
        (
            "fr-election", .french, "Élections municipales à Lyon",
            "Les électeurs lyonnais ont choisi une nouvelle équipe. L'élection s'est jouée à quelques voix près."
        ),
        (
            "fr-ile", .french, "L'île de Ré manque d'eau",
            "Les habitants de l'île économisent l'eau depuis juin. La sécheresse inquiète les agriculteurs."
        ),
        (
            "fr-usine", .french, "Une usine de batteries ouvre à Douai",
            "L'usine emploiera mille ouvriers. Les premières batteries sortiront des chaînes au printemps."
        ),
        (
            "fr-radio", .french, "La radio déplace ses news",
            "Les news du matin passeront à six heures. Les auditeurs protestent."
        ),
        (
            "es-huelga", .spanish, "Huelga de los trenes en Sevilla",
            "Los maquinistas anunciaron una huelga de dos días. Las negociaciones con la empresa fracasaron."
        ),
        (
            "es-volcan", .spanish, "El volcán de La Palma despierta",
            "Los científicos registraron pequeñas erupciones. Las autoridades evacuaron a los vecinos."
        ),
        (
            "it-arte", .italian, "Riapre il museo dell'arte moderna",
            "Il museo torinese riapre dopo i restauri. Le opere dell'artista saranno esposte nelle nuove sale."
        ),
        (
            "it-ponte", .italian, "Crolla un ponte vicino a Genova",
            "I vigili del fuoco cercano i dispersi. Gli ingegneri avevano segnalato alcune crepe."
        ),
        (
            "pt-incendio", .portuguese, "Incêndios florestais no Alentejo",
            "Os bombeiros combatem as chamas há três dias. As populações foram retiradas das aldeias."
        ),
        (
            "pt-metro", .portuguese, "Lisboa inaugura novas estações de metro",
            "As estações servirão milhares de passageiros. A construção durou seis anos."
        ),
        (
            "en-news", .english, "New station opens",
            "The new station in Leeds has opened. New trains will run every ten minutes."
        ),
        (
            "en-paper", .english, "The oldest paper stops printing",
            "The publisher said readers find their news elsewhere. The last issue appears on Friday."
        ),
    ]

    private func archive() async throws -> Archive {
        let store = try NewsStore.inMemory()
        let index = NewsIndex(store: store, logger: Logger(label: "test"))
        _ = try await store.commit(
            Self.articles.map { id, language, headline, body in
                Article(
                    id: id, source: "Test", language: language, publishedAt: now, headline: headline,
                    body: [body])
            }, at: now)
        try await index.refresh()
        return index.archive
    }

    /// Each asks with other forms than the article has.
    @Test(arguments: [
        (
            "Was hat die Bundestagsabgeordnete zum Beschluss der Haushalte gesagt?", Language.german,
            "de-haushalt"
        ),
        ("Welche Werke werden geschlossen?", .german, "de-werk"),
        ("Was passiert mit einem Fenster am Koelner Dom?", .german, "de-dom"),
        ("Was ist mit den Hausern am Dom?", .german, "de-dom"),
        ("Qui a gagné l’élection municipale ?", .french, "fr-election"),
        ("Quel electeur lyonnais a vote ?", .french, "fr-election"),
        ("Pourquoi l'agriculteur d'une île s'inquiète-t-il ?", .french, "fr-ile"),
        ("Combien d'ouvrières l'usine emploie-t-elle ?", .french, "fr-usine"),
        ("¿Por qué fracasó la negociación con el maquinista?", .spanish, "es-huelga"),
        ("¿Cuándo registró la erupcion el científico?", .spanish, "es-volcan"),
        ("Quando riaprono i musei d'arte?", .italian, "it-arte"),
        ("Dov’è crollato il ponte?", .italian, "it-ponte"),
        ("Onde combate o bombeiro a chama?", .portuguese, "pt-incendio"),
        ("Quanto durou a construcao da estacao?", .portuguese, "pt-metro"),
        ("Which stations opened?", .english, "en-news"),
    ])
    func `inflected words find their article`(question: String, language: Language, article: String)
        async throws
    {
        #expect(try await found(question, language).first == article)
    }

    /// The names that a reader of another language would write.
    @Test(arguments: [
        ("Which Volkswagen plant closes?", Language.english, "de-werk"),
        ("¿Qué fábrica cierra Volkswagen?", .spanish, "de-werk"),
        ("大众Volkswagen关闭哪家工厂？", .simplifiedChinese, "de-werk"),
        ("What was decided in the Bundestag?", .english, "de-haushalt"),
        ("Was geschah in Genova?", .german, "it-ponte"),
        ("What happened in Alentejo?", .english, "pt-incendio"),
        ("Was ist in Lisboa neu?", .german, "pt-metro"),
    ])
    func `names find articles of other languages`(question: String, language: Language, article: String)
        async throws
    {
        #expect(try await found(question, language).first == article)
    }

    @Test(arguments: [
        ("Wann wurde der Haushalt beschlossen?", Language.german, ["Haushalt", "beschlossen"]),
        ("Seit wann und mit wem wollen sie streiken?", .german, ["streiken"]),
        ("Qu'est-ce que l’usine emploie ?", .french, ["l’usine", "emploie"]),
        ("¿Cuántas erupciones había?", .spanish, ["erupciones"]),
        ("Dov'è il ponte e quant’è alto?", .italian, ["ponte", "alto"]),
        ("Quantos passageiros têm as estações?", .portuguese, ["passageiros", "estações"]),
        ("Hoeveel werknemers zullen er staken?", .dutch, ["werknemers", "staken"]),
        ("Vem har vunnit finalen och när?", .swedish, ["vunnit", "finalen"]),
        ("Сколько мостов было открыто?", .russian, ["мостов", "открыто"]),
    ])
    func `words that ask are set aside`(question: String, language: Language, words: [String]) async throws {
        let read = try await archive().read(question, language: language, now: now)
        #expect(read.concepts.map(\.word) == words)
    }

    @Test func `a word by the rules of one language is no word of another`() async throws {
        // French takes "news" for a plural of "new".
        #expect(Stemmer(.french).term(of: "news") == "new")
        let archive = try await archive()
        #expect(archive.languages == [.german, .french, .spanish, .italian, .portuguese, .english])
        let found = try await found("Where do readers find news?", .english)
        #expect(found.first == "en-paper")
        #expect(!found.contains("en-news"))
        let read = archive.read("Do readers find news?", language: .english, now: now)
        let english = Wording("A new station", analyzer: TextAnalyzer(.english))
        let french = Wording("des trains news", analyzer: TextAnalyzer(.french))
        let news = try #require(read.concepts.first { $0.word == "news" })
        #expect(english.degree(of: news) == 0)
        #expect(french.degree(of: news) == 1)
    }

    private func found(_ question: String, _ language: Language) async throws -> [String] {
        let archive = try await archive()
        let read = archive.read(question, language: language, now: now)
        return try await archive.findings(for: read, limit: 4, now: now).evidence.map(\.article.article.id)
    }
}
