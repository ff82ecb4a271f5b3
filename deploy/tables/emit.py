t2s,t2sTo,s2t,s2tTo=open('han.txt',encoding='utf-8').read().split('\n')[:4]
def filt(a,b):
    r=[(x,y) for x,y in zip(a,b) if 0x4e00<=ord(x)<=0x9fff and 0x4e00<=ord(y)<=0x9fff]
    return ''.join(x for x,_ in r),''.join(y for _,y in r)
t2s,t2sTo=filt(t2s,t2sTo); s2t,s2tTo=filt(s2t,s2tTo)
print(len(t2s),len(s2t))
def lit(s,n):
    return '\n'.join('        '+s[i:i+n]+('\\' if i+n<len(s) else '') for i in range(0,len(s),n))
single_from=open('single_from.txt').read(); single_to=open('single_to.txt').read(); multi=open('multi.txt').read()
def esc(s): return s.replace('\\','\\\\')
# as scalars: use \u{} for safety? combining/RTL chars in source are ugly: emit hex pairs for the folding table
def hexpairs(a,b):
    out=[];
    for x,y in zip(a,b): out.append('%x>%s'%(ord(x),'+'.join('%x'%ord(c) for c in y)))
    return out
items=hexpairs(single_from,list(single_to))
for m in multi.split(' '):
    if m: items.append('%x>%s'%(ord(m[0]),'+'.join('%x'%ord(c) for c in m[1:])))
# compress: runs from..to with the same offset
nums=sorted((int(i.split('>')[0],16), i.split('>')[1]) for i in items)
runs=[];i=0
while i<len(nums):
    a,t=nums[i]
    if '+' in t: runs.append('%x=%s'%(a,t)); i+=1; continue
    off=int(t,16)-a; 
    # step 1 or 2
    best=(i,1)
    for step in (1,2):
        j=i
        while j+1<len(nums) and nums[j+1][0]==nums[j][0]+step and '+' not in nums[j+1][1] and int(nums[j+1][1],16)-nums[j+1][0]==off: j+=1
        if j>best[0]: best=(j,step)
    j,step=best
    if j==i: runs.append('%x=%s'%(a,t))
    else: runs.append('%x-%x/%d=%s'%(a,nums[j][0],step,t))
    i=j+1
s=' '.join(runs)
import textwrap
lines=textwrap.wrap(s,95)
folding='\n'.join('        '+l+(' \\' if k+1<len(lines) else '') for k,l in enumerate(lines))
print(len(runs))
open('/work/main/Sources/Text/FoldingTable.swift','w').write('''/// What folds to what, made once by `deploy/tables/make_folding.py`; not edited by hand.
enum FoldingTable {
    /// Compatibility decomposition, case folding and removal of marks for the letters and digits of the Basic
    /// Multilingual Plane outside ASCII and Han.
    ///
    /// Entries are parted by spaces, all numbers hexadecimal: `from=to` where `to` is one or more scalars joined by `+`,
    /// or `first-last/step=to` for a run whose scalars all move by the same distance.
    static let letters = """
'''+folding+'''
        """

    /// Traditional characters, each with its simplified form at the same place in ``simplified``.
    static let traditional = """
'''+lit(t2s,48)+'''
        """

    /// The simplified forms of ``traditional``.
    static let simplified = """
'''+lit(t2sTo,48)+'''
        """

    /// Simplified characters, each with its commonest traditional form at the same place in ``traditionalForms``.
    static let simplifiedForms = """
'''+lit(s2t,48)+'''
        """

    /// The traditional forms of ``simplifiedForms``.
    static let traditionalForms = """
'''+lit(s2tTo,48)+'''
        """
}
''')
