import Evaluation
import Testing

@Suite struct QuestionFileTests {
    @Test func `questions are read line by line`() throws {
        let text = """
            {"id": "a", "query": "Who?", "answer": ["x"]}

            {"id": "b", "query": null}
            """
        let entries = try QuestionFile.parse(text, name: "q.jsonl")
        #expect(entries.map(\.id) == ["a", "b"])
        #expect(entries.map(\.query) == ["Who?", ""])
    }

    @Test(arguments: [("{\"id\": \"a\", \"query\": \"Who?\"}\n{oops", 2), ("{\"id\": 5}", 1), ("\n\n", 1)])
    func `what is no question is told with its line`(text: String, line: Int) {
        #expect {
            try QuestionFile.parse(text, name: "q.jsonl")
        } throws: { error in
            (error as? BatchError)?.line == line
        }
    }
}
