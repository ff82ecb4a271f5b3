/// The form of a segment in bytes.
///
/// All numbers are little-endian; every section begins at a multiple of eight.
///
/// ```
/// segment   := magic section* footer
/// magic     := "NDSEG004"
/// section   := groups ordinals times tagSets setStarts setTags tagStarts tagNames lengths blockStarts terms checks
///              postings positions
/// groups    := column                              the group of each document, ascending
/// ordinals  := column                              its place in the group, ascending within one
/// times     := column
/// tagSets   := column                              the number of the document's set of tags
/// column    := (base: Int64, start: UInt32, width: UInt8, absence: UInt8, 0: UInt16) × blocks of 128 documents, packed*
///                                                  a value is base plus `width` bits, which lie from `start` on, counted
///                                                  from the end of the table; with absence, nought stands for none
/// setStarts := UInt32 × (sets + 1)                 where the tags of each set begin in setTags
/// setTags   := UInt32*                             numbers of tag names
/// tagNames  := UTF-8 of all names, cut by tagStarts (UInt32)
/// lengths   := UInt8 × documents, a field after the other; LengthCode
/// terms     := termBlock*                          16 terms each, the last one fewer; in ascending order of bytes
/// termBlock := postings: UInt64, positions: UInt64, term*
///                                                  where the lists of the block begin; each list begins where the last ends
/// term      := shared: varint, rest: varint, UTF-8 of the rest, frequency: varint, fields: UInt8, field*
///                                                  the bytes shared with the term before; the documents that hold it in
///                                                  any field; a bit a field
/// field     := frequency: varint where there are several fields, postings: varint, positions: varint
///                                                  the documents that hold it in this field; lengths in bytes
/// blockStarts := UInt32 × term blocks
/// postings  := list*                               one a term and field
/// list      := entry × blocks, block* | docWidth: UInt8, freqWidth: UInt8, block
///                                                  the second where there are no more than 128 documents
/// entry     := last: UInt32, start: UInt32, positions: UInt32, bound: UInt16, docWidth: UInt8, freqWidth: UInt8
///                                                  last document; where the block begins, counted from the list's own
///                                                  start; positions in the blocks before
/// block     := gap × 128, frequency × 128; packed  the last one fewer; a gap is the distance to the document before, less
///                                                  one; a frequency is one less than it is
/// positions := places*                             one a list of a field that keeps them; the others' are empty
/// places    := width: UInt8 × blocks, packed distance × 128*, varint distance*
///                                                  each to the position before in the same document; the rest of fewer
///                                                  than 128 has no width
/// packed    := numbers of so many bits each, without gaps, lowest bits first; filled up to a byte
/// checks    := UInt64 × pages of 16384 bytes of postings, then of positions
/// footer    := (offset: UInt64, length: UInt64) × sections, documents: UInt64, fields: UInt64, terms: UInt64,
///              total: UInt64 × 8, schema: UInt64, checksum: UInt64, magic
/// ```
///
/// A bound is the most that a document of the block can score in the field with weight and idf 1, if the average length
/// is that of the segment itself; its 16 bits are the upper half of a Float, rounded up. All checks are XXH64. That of
/// the footer covers the footer, seeded with that of everything up to the postings, and is taken when a segment is opened; the
/// pages are checked before their first use.
enum SegmentFormat {
    static let magic: UInt64 = 0x3430_3047_4553_444E
    /// Documents of a block of postings or of a column.
    static let blockSize = 128
    /// Terms of a block of the dictionary.
    static let termBlock = 16
    /// Bytes that one check covers.
    static let page = 1 << 14

    /// The sections, in their order.
    enum Section: Int, CaseIterable {
        case groups, ordinals, times, tagSets, setStarts, setTags, tagStarts, tagNames, lengths, blockStarts,
            terms, checks, postings, positions
    }

    static let entrySize = 16
    static let maxFields = 8
    static let footerSize = Section.allCases.count * 16 + 3 * 8 + maxFields * 8 + 3 * 8

    /// The blocks that hold so many numbers.
    static func blocks(_ count: Int) -> Int { (count + blockSize - 1) / blockSize }

    /// The bytes that packed numbers take.
    static func packedSize(_ count: Int, width: Int) -> Int { (count * width + 7) / 8 }
}
