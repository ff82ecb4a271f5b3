// Prints four lines: traditional characters, their simplified forms, simplified characters, their traditional forms, as
// ICU's transforms have them. Used by make_folding.py.
import Foundation

func pairs(_ transform: String) -> (from: String, to: String) {
    var from = ""
    var to = ""
    for value in 0x4E00...0x9FFF {
        guard let scalar = Unicode.Scalar(value) else { continue }
        let character = String(Character(scalar))
        guard let form = character.applyingTransform(StringTransform(transform), reverse: false),
            form != character, form.unicodeScalars.count == 1,
            form.unicodeScalars.allSatisfy({ (0x4E00...0x9FFF).contains($0.value) })
        else { continue }
        from += character
        to += form
    }
    return (from, to)
}

for (from, to) in [pairs("Hant-Hans"), pairs("Hans-Hant")] {
    print(from)
    print(to)
}
