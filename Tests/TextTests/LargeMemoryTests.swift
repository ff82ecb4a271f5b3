import Foundation
import Testing

@testable import Text

/// One after the other: there is one heap.
@Suite(.serialized) struct LargeMemoryTests {
    @Test func `a prepared heap takes no memory until it is used`() throws {
        /// The pages of the program that are in memory (proc(5)).
        func resident() throws -> Int {
            let fields = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
            return try #require(fields.count > 1 ? Int(fields[1]) : nil) * sysconf(Int32(_SC_PAGESIZE))
        }
        let before = try resident()
        LargeMemory.prepareHeap(bytes: 2 << 30)
        #expect(try resident() - before < 1 << 30)
    }

    @Test func `a heap that is filled keeps what is written`() {
        LargeMemory.prepareHeap(bytes: 64 << 20)
        let pieces = (0..<1000).map { number in
            let piece = UnsafeMutableBufferPointer<Int>.allocate(capacity: 100 + number)
            piece.initialize(repeating: number)
            return piece
        }
        defer { for piece in pieces { piece.deallocate() } }
        for size in [0, 1 << 20, 16 << 20, 16 << 20, 1 << 30] { LargeMemory.fillHeap(bytes: size) }
        for (number, piece) in pieces.enumerated() { #expect(piece.allSatisfy { $0 == number }) }
    }

    @Test(arguments: [1, 1000, 1 << 20])
    func `memory holds what is written, however large`(capacity: Int) {
        let memory = LargeMemory.allocate(Int.self, capacity: capacity)
        defer { memory.deallocate() }
        for place in 0..<capacity { (memory + place).initialize(to: place &* 3) }
        #expect((0..<capacity).allSatisfy { memory[$0] == $0 &* 3 })
    }
}
