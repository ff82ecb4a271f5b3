import Foundation

/// The wire format of OpenAI's embeddings, as OpenAI and its imitators speak it.
///
/// Pure: bytes and values only.
enum OpenAIEmbeddings {
    /// The body of a request for the vectors of some texts.
    ///
    /// - Throws: ``CompletionError/invalid(_:)`` where the texts have no JSON form.
    static func body(_ texts: [String], model: String) throws(CompletionError) -> [UInt8] {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        do {
            return Array(try encoder.encode(Request(model: model, input: texts)))
        } catch {
            throw .invalid("the texts cannot be written as JSON")
        }
    }

    /// The vectors of an answer, in the order of the texts.
    ///
    /// - Parameters:
    ///   - bytes: the whole body.
    ///   - count: how many texts were sent.
    /// - Returns: as many vectors, all of one number of finite coordinates.
    /// - Throws: ``CompletionError/malformed(_:)``, or the error that the body tells of.
    static func vectors(_ bytes: [UInt8], count: Int) throws(CompletionError) -> [[Float]] {
        guard let answer = try? JSONDecoder().decode(Answer.self, from: Data(bytes)) else {
            throw ProviderFailure(body: bytes)?.error() ?? .malformed("it is not the JSON of embeddings")
        }
        guard answer.data.count == count else {
            throw .malformed("it holds \(answer.data.count) vectors for \(count) texts")
        }
        var vectors = [[Float]?](repeating: nil, count: count)
        for (place, item) in answer.data.enumerated() {
            let index = item.index ?? place
            guard vectors.indices.contains(index), vectors[index] == nil else {
                throw .malformed("its vectors are numbered wrongly")
            }
            vectors[index] = item.embedding
        }
        let all = vectors.compactMap(\.self)
        guard let dimension = all.first?.count, dimension > 0, all.allSatisfy({ $0.count == dimension })
        else { throw .malformed("its vectors are not of one length") }
        guard all.allSatisfy({ $0.allSatisfy(\.isFinite) }) else {
            throw .malformed("its vectors hold what is no number")
        }
        return all
    }

    private struct Request: Encodable {
        let model: String
        let input: [String]
    }

    private struct Answer: Decodable {
        struct Item: Decodable {
            let index: Int?
            let embedding: [Float]
        }
        let data: [Item]
    }
}
