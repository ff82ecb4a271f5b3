import Foundation

/// Old Chinese encodings, told from each other by what they make of the bytes.
///
/// Nearly any bytes are valid in both, so validity proves nothing. But the characters that make up half of all Chinese
/// writing come out only under the right one; the wrong one makes rare characters of them.
enum LegacyChinese {
    /// The bytes as Chinese; nil unless exactly one of the encodings makes good Chinese of them.
    static func decoded(_ bytes: [UInt8]) -> String? {
        let readings = encodings.compactMap { String(bytes: bytes, encoding: $0) }.map { ($0, share(of: $0)) }
            .sorted { $0.1 > $1.1 }
        guard let best = readings.first, best.1 >= 0.35 else { return nil }
        if readings.count > 1, readings[1].1 * 2 > best.1 { return nil }
        return best.0
    }

    /// The share of common characters among the Han characters; 0 where these are too few to tell.
    private static func share(of text: String) -> Double {
        var han = 0
        var frequent = 0
        for scalar in text.unicodeScalars.prefix(20_000) {
            switch scalar.value {
            case 0x3400...0x4DBF, 0x4E00...0x9FFF:
                han += 1
                if common.contains(scalar) { frequent += 1 }
            case 0x00...0x08, 0x0E...0x1F, 0x7F...0x9F, 0xE000...0xF8FF, 0xFFFD: return 0
            default: continue
            }
        }
        return han < 12 ? 0 : Double(frequent) / Double(han)
    }

    /// GB18030 and Big5, by the numbers that Foundation gives to encodings it has no name for.
    private static let encodings = [
        String.Encoding(rawValue: 0x8000_0632), String.Encoding(rawValue: 0x8000_0A03),
    ]

    private static let common = Set(
        """
        的一是在不了有和人這这中大為为上個个國国我以要他時时來来用們们生到作地於于出就分對对成會会可主發发年動动同工也能下過过子說说\
        產产種种面而方後后多定行學学法所民得經经十三之進进等部度家電电力裡里如水化高自二理起小物現现實实加量都兩两體体制機机當当使\
        點点從从業业本去把性好應应開开它合還还因由其些然前外天政四日那社義义事平形相全表間间樣样與与關关各重新線线內内數数正心反你\
        明看原又麼么利比或但質质氣气第向道命此變变條条只沒没結结解問问意建月公無无系軍军很情者最立代想已通並并提直題题程展五果料象\
        員员位入常文總总次品式活設设及管特件長长求老頭头基資资邊边流路級级少圖图山統统接知較较將将組组見见計计別别她手角期根論论運\
        运指幾几九區区強强放決决西被做必戰战先回則则任取據据處处府研究司聞闻港美元市場场約约增服務务網网安全球億亿萬万
        """.unicodeScalars.filter { $0.value > 0x7F })
}
