import Foundation
// pairs trad->simp and simp->trad for BMP Han
var t2s = "", t2sTo = "", s2t = "", s2tTo = ""
for v in 0x3400...0x9FFF {
  guard let u = Unicode.Scalar(v) else { continue }
  let s = String(Character(u))
  if let x = s.applyingTransform(StringTransform("Hant-Hans"), reverse: false), x != s, x.count == 1 { t2s += s; t2sTo += x }
  if let x = s.applyingTransform(StringTransform("Hans-Hant"), reverse: false), x != s, x.count == 1 { s2t += s; s2tTo += x }
}
print(t2s); print(t2sTo); print(s2t); print(s2tTo)
