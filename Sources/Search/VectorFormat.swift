/// The form of a segment of vectors in bytes.
///
/// All numbers are little-endian; every table begins at a multiple of eight.
///
/// ```
/// vectors   := magic, dimension: UInt32, count: UInt32, lists: UInt32, kinds: UInt32, modelSize: UInt32,
///              namesSize: UInt32, model, names, kindCounts, means, groups, ordinals, scales, kindOf, starts,
///              centroidScales, centroids, checks, check: UInt64, codes
/// magic     := "NDVEC001"
/// model     := UTF-8                            what made the vectors; those of another model are none
/// names     := UTF-8 of the kinds, parted by nought bytes; a kind is a language, of which most vectors lie together
/// kindCounts := UInt32 × kinds                  how many vectors are of each kind,
/// means     := Float × kinds × dimension        and their mean
/// groups    := Int64 × count                    whose passage each vector is,
/// ordinals  := UInt32 × count                   and which of them; ascending by both within a list
/// scales    := Float × count
/// kindOf    := UInt8 × count
/// starts    := UInt32 × (lists + 1)             where the vectors of each list begin
/// centroidScales := Float × lists               the middle of each list, its vectors less the means of their kinds;
///                                               nothing where there is one list
/// centroids := Int8 × lists × dimension
/// checks    := UInt64 × pages of 16384 bytes of codes
/// check     := that of everything before it
/// codes     := Int8 × count × dimension         QuantizedVector
/// ```
///
/// All checks are XXH64. Everything before the codes is checked when a segment is opened, a page of codes before its
/// first use.
enum VectorFormat {
    static let magic: UInt64 = 0x3130_3043_4556_444E
    /// Up to so many vectors make one list, and every one of them is looked at.
    static let exact = 200_000
    static let maxDimension = 1 << 14
    static let maxKinds = 256
    static let headSize = 32

    /// Where everything stands in a segment of some size.
    struct Layout {
        let model: Range<Int>
        let names: Range<Int>
        let kindCounts: Range<Int>
        let means: Range<Int>
        let groups: Range<Int>
        let ordinals: Range<Int>
        let scales: Range<Int>
        let kindOf: Range<Int>
        let starts: Range<Int>
        let centroidScales: Range<Int>
        let centroids: Range<Int>
        let checks: Range<Int>
        let check: Range<Int>
        let codes: Range<Int>

        init(dimension: Int, count: Int, lists: Int, kinds: Int, modelSize: Int, namesSize: Int) {
            var at = VectorFormat.headSize
            func next(_ size: Int) -> Range<Int> {
                defer { at = (at + size + 7) & ~7 }
                return at..<at + size
            }
            let centers = lists > 1 ? lists : 0
            model = next(modelSize)
            names = next(namesSize)
            kindCounts = next(kinds * 4)
            means = next(kinds * dimension * 4)
            groups = next(count * 8)
            ordinals = next(count * 4)
            scales = next(count * 4)
            kindOf = next(count)
            starts = next((lists + 1) * 4)
            centroidScales = next(centers * 4)
            centroids = next(centers * dimension)
            checks = next(PageChecks.pages(count * dimension) * 8)
            check = next(8)
            codes = next(count * dimension)
        }
    }
}
