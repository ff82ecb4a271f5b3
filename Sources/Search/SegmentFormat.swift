/// The form of a segment in bytes.
///
/// All numbers are little-endian; every section begins at a multiple of eight.
///
/// ```
/// segment    := magic section* footer
/// magic      := "NDSEG001"
/// section    := groups ordinals times tagStarts tagIDs tagNameStarts tagNames lengths termStarts termBytes terms postings
/// groups     := Int64 × documents                  the group of each document, ascending
/// ordinals   := UInt32 × documents                 its place in the group, ascending within one
/// times      := Int64 × documents                  Int64.min where there is none
/// tagStarts  := UInt32 × (documents + 1)           where the tags of each document begin in tagIDs
/// tagIDs     := UInt32 ×                           numbers of tag names
/// tagNames   := UTF-8 of all names, cut by tagNameStarts
/// lengths    := UInt8 × documents × fields         LengthCode, document by document
/// termBytes  := UTF-8 of all terms in ascending order of bytes, cut by termStarts (UInt32)
/// terms      := (start: UInt64, frequency: UInt32, bound: Float) × terms
///                                                  start in postings, documents that hold it, bound of its blocks
/// postings   := term*
/// term       := block entry* where it has more than 128 documents: (last: UInt32, start: UInt32, positions: UInt32,
///               bound: Float) × blocks, starts counted from the term's own; then block* and position*
/// block      := full | rest
/// full       := width: UInt8, 128 gaps of that many bits, code*      a gap is the distance to the document before, less one
/// rest       := varint gap × fewer than 128, code*
/// code       := more: 1 bit, field: 3 bits, frequency: 4 bits; 15 is followed by a varint of the rest
///                                                  one a field that holds the term; `more` says that another follows
/// position   := varint, the distance to the one before in the same field of the same document
/// footer     := (offset: UInt64, length: UInt64) × sections, documents: UInt64, fields: UInt64, terms: UInt64,
///               total: UInt64 × 8, schema: UInt64, checksum: UInt64, magic
/// ```
///
/// A bound is the most that a document of the block can score with weight and idf 1, if the average field lengths are
/// those of the segment itself. The checksum is the CRC-32C of everything before it.
enum SegmentFormat {
    static let magic: UInt64 = 0x3130_3047_4553_444E
    static let blockSize = 128

    /// The sections, in their order.
    enum Section: Int, CaseIterable {
        case groups, ordinals, times, tagStarts, tagIDs, tagNameStarts, tagNames, lengths, termStarts,
            termBytes, terms,
            postings
    }

    static let termSize = 16
    static let entrySize = 16
    static let maxFields = 8
    static let footerSize = Section.allCases.count * 16 + 3 * 8 + maxFields * 8 + 3 * 8
    /// What a document without a time has.
    static let noTime = Int64.min
    /// The most that a frequency's four bits hold; then a varint follows.
    static let longFrequency: UInt32 = 15
}
