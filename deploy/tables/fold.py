# BMP folding: NFKD + casefold, marks stripped. Latin/Greek/Cyrillic/fullwidth/compat. Emit "from" and "to" strings for non-identity folding of letters/digits, excluding ASCII.
import unicodedata
pairs=[]
for cp in list(range(0xA0,0x3000))+list(range(0xFF01,0xFFEF))+list(range(0x3000,0x3400)):
    c=chr(cp)
    cat=unicodedata.category(c)
    if cat in('Cn','Cs','Co','Cc','Cf','Mn','Mc','Me'): continue
    d=unicodedata.normalize('NFKD',c).casefold()
    d=unicodedata.normalize('NFKD',d)
    # kana keep voiced marks: recompose for kana
    if 0x3040<=cp<=0x30ff or 0xFF65<=cp<=0xFF9F: 
        d=unicodedata.normalize('NFKC',c)
        if 0x30A1<=cp<=0x30F6 : d=c
    else:
        d=''.join(x for x in d if unicodedata.category(x) not in('Mn','Me','Cf'))
    if 0x1100<=cp<=0x11ff or 0x3130<=cp<=0x318f: continue
    if d==c or not d: continue
    if len(d)>4: continue
    if not all(x.isalnum() for x in d): continue
    pairs.append((c,d))
extra={'ø':'o','Ø':'o','đ':'d','Đ':'d','ł':'l','Ł':'l','ħ':'h','ı':'i','æ':'ae','Æ':'ae','œ':'oe','Œ':'oe'}
pd=dict(pairs); pd.update(extra)
# Cyrillic й ё: й decomposes to и + breve -> keep й as й, ё->е
for a in 'йЙ': pd[a]='й'
if 'й' in pd: del pd['й']
multi=[(a,b) for a,b in pd.items() if len(b)>1]
single=[(a,b) for a,b in pd.items() if len(b)==1]
print(len(single),len(multi))
open('single_from.txt','w').write(''.join(a for a,b in single)); open('single_to.txt','w').write(''.join(b for a,b in single))
open('multi.txt','w').write(' '.join(a+b for a,b in multi))
print(' '.join(a+b for a,b in multi)[:300])
