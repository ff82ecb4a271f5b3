import Testing

@testable import Storage

@Suite struct ColumnTextTests {
    @Test(arguments: ["", "a", "會話 🚢", "back\\slash", "%00", "e\u{301}"])
    func `a text without a NUL is left as it is`(text: String) {
        #expect(ColumnText.encoded(text).unicodeScalars.elementsEqual(text.unicodeScalars))
    }

    @Test func `every short text of the marked characters comes back, and no two are alike`() {
        let alphabet: [Character] = ["\0", "\u{FFFF}", "0", "1", "a"]
        var texts = [""]
        for _ in 0..<4 { texts += texts.flatMap { text in alphabet.map { text + String($0) } } }
        let different = Set(texts)
        for text in different {
            let column = ColumnText.encoded(text)
            #expect(!column.utf8.contains(0))
            #expect(ColumnText.decoded(column) == text)
        }
        #expect(Set(different.map(ColumnText.encoded)).count == different.count)
    }
}

@Suite struct StorageErrorTests {
    static let errors: [(StorageError, label: String, isTransient: Bool)] = [
        (.notAnArchive(path: "/p"), "not_an_archive", false),
        (.newer(path: "/p", unknown: "9 x"), "newer", false),
        (.inaccessible(path: "/p", reason: "r"), "inaccessible", false), (.full(path: "/p"), "full", false),
        (.busy(path: "/p"), "busy", true), (.damaged(path: "/p", reason: "r"), "damaged", false),
        (.cancelled(path: "/p"), "cancelled", false), (.failed(path: "/p", reason: "r"), "failed", false),
    ]

    @Test(arguments: errors)
    func `an error names the file and its class`(error: StorageError, label: String, isTransient: Bool) {
        #expect(error.description.contains("/p"))
        #expect(error.label == label)
        #expect(error.isTransient == isTransient)
    }

    @Test func `an error of ours passes as it is, an unknown one with its words`() {
        struct Odd: Error, CustomStringConvertible { var description: String { "odd" } }
        #expect(StorageError.of(StorageError.full(path: "/q"), path: "/p") == .full(path: "/q"))
        #expect(StorageError.of(Odd(), path: "/p") == .failed(path: "/p", reason: "odd"))
    }
}
