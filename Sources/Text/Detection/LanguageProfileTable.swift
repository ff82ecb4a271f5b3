/// How usual groups of letters are in languages, made by `deploy/tables/make_language_profiles.py`; not edited by hand.
enum LanguageProfileTable {
    /// The languages of the columns.
    static let languages: [Language] = [
        .english, .german, .french, .spanish, .italian, .portuguese, .dutch, .swedish,
    ]

    /// What a step is, in natural logarithms.
    static let step = 0.5

    /// Entries are parted by spaces: `group=columns`, where `_` is the border of a word and a column tells by how many
    /// steps the group is rarer in that language than in the one where it is most usual, from `a` for none.
    static let groups = """
        _a=abaaaabb _a_=agcbbahg _aa=jjkklkak _ab=badcccff _ac=bfbacacg _ai=dhafcdgh _al_=ghgaagbh _an=abcdbcdb \
        _an_=aafhihhg _ap=bfabbadf _as=afcbbaff _as_=aiehiahh _at=chdedcha _au=fabefefi _au_=jiajjjij _av=fkafbega \
        _av_=kkjjkkka _b=aaccccaa _be=baegeeac _be_=ahijiihg _c=bfaaaaef _ca=bgbaaaef _ce=diadccfg _ce_=jjajfijk \
        _ch=bebeacee _ci=dicbabff _co=bhbaaaei _cr=ahaaaadh _cu=djeaccfi _d=caaaaaab _d_=ggagdggg _da=dacebbbd \
        _da_=jdjgbajj _de=dbbababb _de_=jiaahbad _di=dbccaccd _di_=lkkjalll _do=bdbcbabd _do_=djjjiajj _du_=jcajjjja \
        _dä=kgkkkkka _då=kkkkkkka _dé=nnahniln _e=cbbacabc _e_=ihigaahg _ee=mmmknnan _ei=ialmmjen _el=egdaeced \
        _el_=kkjajjjj _em=dfdcfagf _em_=jjkkkakj _en=ddaafcbb _en_=kjbakkab _er=haiedece _er_=iajjjjae _es=gecadbkk \
        _es_=kafaijjk _et=geagggfc _et_=jjakjkjk _ex=aeaagadc _f=bcbcbbea _fa=bcacaadb _fo=adbdbbec _få=llllllla \
        _fö=okoooooa _fü=lallllll _g=cadccdab _ge=eagfffaf _gi=ddhgagdd _gå=kkkkkkka _gö=kgkkkkka _h=bbdbedaa \
        _ha=bbebdfca _ha_=hhhbahhb _he=cdgekhac _hi=abdchdac _hä=lcllllla _hö=kckkkkka _i=aabcabba _i_=bhhhchia \
        _ic=gafkjkhg _ih=lallllle _ik=kkllllag _ik_=llllllak _il=gibhagig _il_=kkblakkl _im_=hajjjkjj _in_=abiibhae \
        _is=aaffddae _is_=ahjjjjah _it=agggdgfg _it_=ahijiihh _j=cbacfcaa _ja=eceeheca _je=ebaeheaf _je_=kgbkkkak \
        _k=ebhiihba _ka=gbiiiiba _ke=caggggae _kl=jajkkjaa _ko=ibklkkba _kr=ibklljba _ku=hbiijiaa _kä=kekkkkka \
        _kö=kakkkkka _l=bcaabccb _l_=hhaibiii _la=ddbabecd _la_=jjaabhji _le=ccadcdce _le_=kjaecjjj _ll=hkjajkjk \
        _lo=becacdde _lo_=jkjabfji _lä=mdmmmmma _lå=kkkkkkka _mu=ccdadaee _má=kkkakdjk _mä=kckkkkka _må=llllllla \
        _na=cbdccaad _na_=igjiiacj _ni=daecfead _no=bcbaaabd _no_=diiaebhi _nu_=jiijjiba _nã=lllllall _nä=ldllllla \
        _nå=llllllla _o=adcccbab _o_=iijdeaih _oc=glfeffia _of=aefffede _of_=ahiiigdh _om=iiijgjba _om_=klklllba \
        _on=bgchfeaf _on_=ahbihggh _oo=ikkklkal _op=dgfeefah _op_=jjjkjlaj _os_=jjigjajh _ou=ahajiadi _ov=cjjiehaf \
        _p=bdaaaacc _pa=ceaabadd _pe=cebbaaed _pi=cgccadef _pl=bdacgdcc _po=ceaaaadd _pr=bdaaaacc _pu=cecabdee \
        _på=mmmmmmma _på_=mmmmmmma _q=ehaabaik _qu=ehaabajl _qu_=kkajjjkk _r=acababbb _re=acbacacc _ri=deefaeed \
        _ré=mmaimjmm _s=bbbbabca _sc=dafkbjch _se=bbbbbaec _se_=jjcacajd _sh=aghhgffg _si=cacaaceb _si_=jjbbagjj \
        _sj=kkkkkkia _sk=gikmllja _sl=cihjhiba _so=baababda _so_=aaiiegih _sp=aadhagba _st=aaehagaa _su=beaaabee \
        _su_=jjhacjjj _sv=likldlja _sä=lgllllla _så=mmmmmmma _så_=llllllla _t=adcccbcb _te=cdbbbaad _te_=kkecedai \
        _th=aghjjhgi _ti=dfecddda _to=aebceccd _to_=aijjjgii _ui=lllmllam _um=kcklgali _um_=kclkkakk _un=dabbbfgd \
        _un_=jiaaajjk _up=chijiiga _ut=hlefefha _v=ecccccab _va=fhddddaa _ve=fbdcccad _vi=ddcbbbca _vi_=jjjgefia \
        _vo=fbbeccah _vr=kkdlklai _vä=mlmmmmma _w=aahhhhag _wa=bbhhhgah _we=baiiiiai _we_=ahiiihah _wh=aijjiiii \
        _wi=bahihhbh _wo=abhihgag _y=agdagggf _y_=jkdakjkk _yo=aggdgggg _z=ibiihiak _ze=ickkiiak _ze_=kjkkkkak \
        _zi=kelmilal _zo=hhhgghaj _zu=malljlen _zu_=lallllkl _zw=kakkkkbk _à=lkalkdkl _à_=lkalkdkl _ä=ofoooooa \
        _än=kfkkkkka _är=ninnnnna _är_=nnnnnnna _å=mmmmmmma _è=llilakll _è_=llllakll _é=nnafjcgn _é_=llklhall \
        _éc=kkakkkik _ét=llailill _ö=mdmmmmma _öv=kikkkkka _ü=lalllljl _üb=lalllljl a_=efdaaafb aa=minnonam \
        aag=kikkkkaj aak=kkkkkkak aal=ljllllal aan=nmnnnnan aar=mhnnnnan aat=mfmmmlam ab=bacacbee aba=hjfahcgi \
        abe=gahcicgg abl=afaaiiig ac=bbcaccce acc=cicdalfg ach=daegjebj aci=gmgafejk act=aibbieci ad=ceeadadb \
        ad_=bfhadgca ada=gigafagf ade=defdfbda ado=hkhagajj aft=bajjjjgc ag=cbbdbcba ag_=hdkljkca age=aaaffcbb \
        agg=ghikakig ah=eafdgggf ahr=kallllkl ai=dgahecgi ai_=ggbiacfi ain=bfaihdfh air=dhagjfei ais=hhailbkm \
        ait=flalmkjm aj=fheakdhe ak=bdhiiiaa ake=afhhhgbc akt=jbkkkkba al=abbaaabb al_=accacabd ale=edbbadcd \
        alg=gieafaei all=abcdbhba als=baigfgae am=cccbbacc am_=dcgggacd ame=bddbaabe amo=ejfbabih an_=cdfcggaa \
        anc=beacaceg ang=cabfdeae ank=bagghfac ann=daciahdb ano=figcachh ans=cdaegdca ant=ceabbbcd any=ahijiiii \
        anz=jajcajfi anç=jjcjjaik app=aeahagcc aq=gjcbhajk aqu=ikcbiajk ar=bccabbba ar_=eefbibca ara=eedbcafb \
        are=cffdadec as=bccacadc as_=dddajaed ass=cabjbbdd at=acbdacbb at_=bdejiiab ata=fifcachd ate=adddcdcd \
        ati=adaebdcc ato=giheaeih att=eedlbkga au=eabefefh au_=icajjgfk auc=haciklkl auf=mahmmmjl aus=dadfffhi \
        aux=jkaikhkk av=bfadabdb av_=ljjkjkla ava=ejaebahg ave=agadbdef ay=afdcgffg ay_=afgdfffg az=ffhdacgi \
        azi=hhjkahgi aç=nnhnnamn açã=mmmmmamm añ=lllallll año=kkkakkkk bb=fgijaicb bbe=fikkakad be=cafeeebd \
        bei=eajlkgfl ben=gahfegcf ber=dafdeddd bes=eaefigac bet=cbhhhgba bij=lljlllal ble=bdabeeed c_=beafdeef \
        ca=bhcaaaeg ca_=fhfaaagg cad=fkeadagk cal=aicbccgi can=ahcaaafg car=bgcabafg cas=chdabafg cat=bjcdaedi \
        cc=dkddakgh cci=fkfaakij cco=didkakgk ce=agabbbee ce_=bgadcdfg cer=cjbabafd ces=ajaabceh ch=eadfdfce \
        ch_=dailkkec cha=baabfbbe che=eacgbfdh chi=ccdeafch chl=kaklllll chs=jahkkkjk cht=namonnbn chw=jajkjkjh \
        ci=dkdabbfg ci_=jldjahhl cia=djeabafg cid=dkdacahi cio=hnjadcll ció=nnnannnn ck=bcghhgfa ck_=abfffeea \
        cka=hjjlllla cke=cbhjiiga cl=afbbcbdg co=bhbaaaei co_=ghgaabgi col=dhccabfh com=bibbbafk con=cjbaaaek \
        cor=cicbaafj cos=ekhbacij cou=bhakhegi cr=ahaaaadh cre=ahdaabei cri=ckbbaaek ct=aibbiecj ct_=ahdihhci \
        cti=aiacifcj cto=cheaidfh cu=cjcabcfj cua=ikjajjjl cue=hlfakkil cul=cjbadaej d_=acdefhbc da=dbdacabb \
        da_=hfibcahc daa=llllllal dad=iimakaif dag=jghiehba das=jakckbjf dat=efefcfae dd=bfgicgaa de=cabbcbaa \
        de_=edbbeaab dei=jcjjaajk del=eehbaecc den=eaeddeab der=dafdddbc des=cbaadagc det=gejgfgja deu=jabgjbej \
        di=cbcbabbd di_=jjgjaijk die=fafegjch dig=gcgdfeaa dl=bbijhifa do=efeacadf do_=gkkacakk doe=ekkkkfak \
        doo=fjlllkaj dor=fdeaeaff dos=jjhagajj ds=addiigbb ds_=afciihcd dt=hcjjjjae dt_=idjjjiag du_=jcakjjia \
        dä=kfkkkkka där=kjkkkkka då=kkkkkkka då_=kkkkkkka dé=nnagnhli e_=bbababbc ea=afddeeeg ear=agjfgfgh \
        eas=ahjeifhh eat=afigdgfg eau=fhaljjfj eb=eagccdad ebb=ijkkakbg ebe=haidkeeh ec=bcbacbce ec_=giajiihj \
        ece=clgbcafg ech=eaebhfaj eci=cjfabaed ect=ajbbjecj ed=adhdddcc ed_=aijihkfd ede=fbicceae ee=dgjhiiai \
        ee_=adgeegag eef=ikllllal eel=eikkkjai een=ehkikhai eer=ghnhmmal eft=egkkkjab eg=dbfbabac ege=falhigad \
        egu=eflacaih eh=gajjilee ehe=ialkllej ehr=kallllll ei=gafjfddk ei_=jajjabel eic=kaklilll eid=jbkkliak \
        eig=cadkkibk eil=habkkicj ein=hagjmifl eir=dhljkakl eis=jamhmdei eit=hamkmcem ej=higalcib eja=jiiajahh \
        ek=fdjmklac ek_=eihkjjae eke=hhkmjmag ekt=kakkkkba el=cbcbbcac el_=ecdacdad eld=edlhmiah ele=ccgccbad \
        eli=dffdeeaf ell=dbbdahdc em=cbbbcacd em_=ecjmkaee eme=ddaeeecf en=dacbccac en_=fafeklac enc=bjbahchj \
        ene=cbfabebe enk=ibkkkjad enn=eabidhdc ent=cdaabbde enz=jdkfajfl er=bacbbcab er_=cacdedba era=cddabbda \
        erc=dhbbacfj erd=hcfcfdaj ere=bahcacaf erh=fakkkkbd erk=icllllac erl=eagddiad ero=fhgabddf ers=aacccdac \
        eru=hakghgbg erw=eakkkkak erz=jajddjaj es=bbaacade es_=cdabjceg esa=idjaccjg esc=ebeababk ese=cajbbbee \
        esi=cdiaacef esp=decadbdf ess=bcbjaaed est=ccbabbce et=cccecdaa et_=ddcjiiaa ett=eeclakeb etz=lajkkkgl \
        eu=hcaghcch eu_=jgcllaii eur=hfahghdh eut=gaciiigi euw=kjkkkkak eux=llalllll ev=bfcbbbac eve=agdedcae \
        ew=aafhfgag ewe=dbjjjjaj ex=adaafadc ez=hdbbccak ez_=hjabhchj eze=ielkkeal ezi=icjjbjaj eç=kkekkakk \
        f_=abehggbe fa=bbacaada fai=eialghik ff=aaaiagcb ffe=backbjcd fic=bgcaaaed fo=acbcbbdc foi=ijbjjajj \
        for=adcccbed frå=llllllla ft=cajiihbb ft_=daiiihad fte=ccjkjjea fue=hikakkkk fä=jajjjjja få=llllllla \
        fö=ojoooooa för=ojoooooa fü=mammmmmm für=lallllll g_=abgihhaa ga=cccbcbca ga_=ihjdedfa gaa=kkkkkkak \
        gd=hhjjkjac ge=dadfefac ge_=baafeebc geb=kallklak gee=hgjkkjak geg=kakkhkck geh=kakkkkck gel=gbihggae \
        gen=faedefab ger=cacfddba ges=dadhghcf gev=kllljkak gew=kakkkkak gg=ehikakdb ggi=hlkkaljj gh=agijeied \
        ght=ahijihhh gi=cdddaccd gio=ggffafgh giu=ikkkafjj gl=dbeeaffd gli=hdhlakjf gn=cebeaegc go=bedabacb \
        go_=dggacbgg gs=aagijgba gt=gbgkkjca gt_=lbilmmda gu=cccacafe gua=dhhaabgi gun=ebjajbgh gå=llllllla \
        gé=kkagkfjk gö=lgllllla gör=kjkkkkka h_=baghghec ha=aacbdbbb ha_=gghccahc haa=kgkkkkaj hab=gadakfkj \
        hac=hhfajjih haf=jakkkkge hat=abgihhff hav=aiihjdff he=aadfcebd he_=acefbgeh heb=jfiklkal hee=eillklak \
        hei=cahkkdbj hen=eaijkjgf her=abdegedf het=hjhkijac hi=acddcece hie=eadgbiaj hij=kkkdkkak hin=abfgffff \
        his=aeeegeff hl=gajmmlli hm=fahjjihh hn=eafiihfh hne=jakjkkjk ho=acccebbc ho_=ciiccaii hoo=cijjiiai \
        hou=aigiidbh hr=eahkkjej hr_=jallkljk hre=eajmkkfl hs=dagjkkjk ht=dajjjibi ht_=dakkkjbi hte=fallllal \
        hu=bbdchcaa hw=fajkjkjh hä=lbllllla här=kgkkkkka hå=kkkkkkka hé=kkafbigk hö=lbllllla i_=ggegafhe ia=dfebaaef \
        ia_=eghbaaff iam=fhhfadhh iar=fhgcacjh ias=ghfaeagg ic=badbbbde ic_=agegggfg ica=cjdaaafi ich=gahifjel \
        ici=dlcabceg ick=bbfgggea ico=gjgbabgk id=bddacacc id_=befegfaa ida=gigaeahd ido=jkjafbjh ie=dabbcfaf \
        ie_=facgdgah ied=cafdcebk iek=kkkkkkak iel=fadffgde ien=edbadfcf ier=fabadibe ies=badedhci iet=feigdhaf \
        ieu=iialllbl ig=cbddddba ig_=gbjkjjba iga=effcecha ige=gaffggbb igh=agiihhec igl=kgjeaikk igt=mdimmmfa \
        ih=jajilkje ihr=kakkkkkk ij=mqmhokao ij_=nnnnnnan ijd=llllllal ijk=nnnnnnan ijn=mmmmmmam ik=dcijiiaa \
        ik_=kdlllkad ika=kcjjkjca ikt=kgkkkkca il=bbacabba il_=ddadacde ill=cebdfhda im=bbbbaadd im_=caghhbeg \
        ime=bfbcbaef in=aaccbcbb in_=bacfcgbc inc=ahbaabdf ine=cacfdfeg ing=aehgggcc inh=hekklagj inn=echifkca \
        ino=fgebabhd io=bebbacfe io_=hhhbabgh ion=adacaefd ior=ehfdabgg ios=hihadbij iq=hlagifkl iqu=hmagifkm \
        ir=ccabcaee ir_=cbabibgd ira=fgdddagf ire=dgafcefg iro=fhefeahi is=bbacbbbb is_=bdaehbbe isc=eafecebj \
        isk=hgllklha iss=caajcbcb it=aaacbbbc it_=bbajijbd ita=decbabee ith=aghiihgh ito=fkfcaaik itt=cbehbfda \
        ity=agiihhgg ità=llllalll ité=llailijj iu=ffheacgg iv=adbbabdb ivo=gkgaaaih iz=ddgbaaeh iza=eifajagj \
        izi=iellagik iç=kkkkkakk iè=lkalllil ièr=kkakkkhk ié=kkabkhkk ió=oooaoloo ió_=kkkakjkk ión=oooaoooo \
        j_=ijdijiad ja=ecechdca ja_=ibhbjbda jag=ljmmmmja jd=llllllae je=ecbcidac je_=lhcelfae jk=nnnnnnai \
        jk_=lmmmmlak jke=llllllai jn=mmmmmmai jn_=mmmmmmam jo=ceaafbba jou=fgajjidg ju=bdcbhbca jä=mfmmmmma \
        jäl=kkkkkkka k_=cdghggac ka=hdklkkda ka_=jhllllia kan=ickllkca kar=heijjifa ke=cchihiab ke_=acghggac \
        kei=jakkkkhk kel=fdijjiad ken=fckkjkad ker=edijiiba ki=acfggfbb kin=adhiihbe kk=khllljai kke=lillllak \
        kl=fbkkkjba kla=hckkkjca kli=hbjjjjda kn=bejjjiea ko=ibkllkba kom=mbmmmmba kon=hbjjjica kor=gekkkkca \
        kr=icjmmlca kri=ickkkjba ks=achihgaa ks_=aeijjhbe kt=kbmnlnba kt_=mbmmmmaa kte=kbkkkkba kti=lcllllha \
        ku=hbjkkjba kul=iekkkkka kun=jbkjjjab kv=kikkkkia kä=lellllla kän=kkkkkkka kö=kbkkkkka la=bcbaabba \
        la_=hibaachb laa=llllllal lai=diajhifj lar=ceebcbfa ld=acgefeab ld_=achihgad le=bbabbcbc le_=cdadaede \
        lee=egjfiiah lei=jafkgccj len=ebddeeac ler=dbceefda les=deabfefg leu=jeakkhck lgu=jhiajajj lh=khimmahh \
        lha=khkkkaki lho=kkjllaik li=bbbbabaa li_=iihjaihf lic=daecddef lie=cabfcgbf lig=feffgfda lij=mnnlnnan \
        lj=ljllklea lk=cdhihhba ll=bbbcbhca ll_=acghfgga lla=fhecaiga lle=dbadcibb llo=cgebaigg llt=lbllllja \
        lly=ahhihghg lo=bdcabbcd lo_=hhhaachi los=degagdfh ls=aabffeaa ls_=bbbjjhad lt=caecaccb lt_=daijjkca \
        lte=fafgdfff ly=ahgjiigd ly_=ajjkjiii lä=mcmmmmma län=kckkkkka lå=llllllla lé=llaeldkl lí=kkkakbkk \
        lö=kckkkkka m_=cbfhgacb ma=bbbbaabb ma_=gffbaaec maa=mkmmmmam mai=dfaidbgi mbr=fibabbji me_=adacbcdg \
        med=dghdeeea mee=fhklklal mei=kaekkcdk men=cbabaabc mi_=ghecaghg mie=gecaejfh mij=kkkjkjak mit=eaedeege \
        mm=caaichda mma=fhejdjfa mme=daaldkdb mo=bdbaaabc mo_=ijjaaaii moe=kkjllhal moi=hjajkijk mos=dghadagh \
        mp=bdaaaadd mpo=cgbaaagf mpr=dicabaij ms=acegggab mt=hagjihba mt_=haijihaa má=lllaldkl más=kkkakgkk \
        mä=lcllllla må=llllllla mé=lladldki mö=kbkkkkka n_=caccehab na=cccaaaba na_=fghaabda naa=llllllal \
        nad=fgeahbda nas=gfgadahb nc=bfaabaeg nce=agadddfg nci=ekeadbfi nco=ciabaahi nd=bacbbbab nd_=aadjhhbd \
        nde=daddddab ndo=fihbbagh nds=accjiibb ne=babbadbc ne_=ccbeagef nee=bgjjgjaj nen=hafegfbd nes=cdcaddff \
        ng=abefefbb ng_=achjiicd nga=gffeffga nge=dadhffab nh=heikmaff nha=hejkkahh nho=jgjjkafk ni_=jiggajie \
        nic=caebcbfg nid=ikiaibjk nie=fcdfehag nin=chhfheca nk=bahhhgaa nke=eaiiikab nn=dabibhca nn_=hajkjjie \
        nna=fgcjdhfa nne=dbaieiab nns=idjkjkja nnt=kakkkkkk no=cedbabde no_=gjjcacjk non=fickajhg nos=hgfabaih \
        nou=dkakkefk ns=bbacdcbb ns_=bdakjecc nsk=llllllla nt=bcabbbcc nt_=cealkkde nta=decaaadc nte=dccaaadc \
        nti=cfccacef nto=eigaaagg ntr=ceaabadd nts=acallkei nu_=hichihba ny=affgggfb nz=ibidaidk nza=kikdajik \
        nze=iagkbgbk nzi=jcjkaiek nã=lllllall não=lllllall nä=ldllllla när=kikkkkka nå=llllllla någ=kkkkkkka \
        nç=kkdkkajl nça=kkdkkakk né=mkaghgkj o_=eghaaagh obr=jjfbfajk och=kbefgjda odo=hihabbii oe=gkiiihah \
        oed=kllllhal oek=kkkkkkaj oen=ijjkkfae oet=hikhhiaj of=adeeddce of_=agiihgch oi=ejaidcej oi_=ikakabdk \
        oin=agagfghg oir=ikakkjjl ois=gjaikbhk oit=hjajjddj ok=bdfgffab ol=bccbabcc olg=jakhehai olt=hghhadhg \
        om=bdbbbaba om_=dfhjicca ome=aeecbabf omm=cbakdjda omo=ehfadagh on=bcabacbd on_=acaccgec ond=decdcdag \
        one=cegcafed oni=effeafdh onn=fealejeh ono=fifdafge ons=bfacdcde ont=cfabbace oo=chhihhah ook=afggffaf \
        oon=djjjiiaj oor=hllkkkam op=becdbdad op_=dgfihhaf or=acbaaaab or_=adgafaab ora=dfdbbaee os=efeacaff \
        os_=jigalaii oss=cbcjaaed ost=cefdabdd ot_=aeehghbb oth=afgjjhfg otr=jibackke ott=defiaheb ou=bhajicdi \
        ou_=cjdkjadi oud=fjekjjak oul=aibjkihi oun=aghhhhfh our=bhakighh ous=biajjhhj out=agaigceh ouv=kjamlejl \
        ouw=kkkkkkak ov=bffdabbd ove=aggebcaf ow=aehihgfh ow_=aghhhggg oy=bgaaggfg p_=bedfffac pa=cdaabacc \
        par=ceaabaed pe=bdbbaabc per=cecbabdd peu=jiajjgij pi=cdcbacde pl=adabdccc plu=fhahiigf po=beaaaadd \
        po_=iiibabhi pod=hiibhahh por=cfbabaee pos=bebbaaef pou=hlamlekm pp=bebibhda pr=bcaaaacc pre=bebaaadd \
        pro=acaaaacd pré=llailfll pu=cebabcde pue=klkalkkl på=mmmmmmma på_=mmmmmmma pé=llagkekk qu=ehabbajm \
        qu_=kkajjjkk qua=dfclaail que=fiaacajl qui=djaacbik r_=cbccfcca ra=ccbaaacb ra_=gheabaga raa=lkklllal \
        rai=dgaieegi rar=eggbbbga ras=eddacafb rau=hagiighk raz=fhjcadgj raç=kkkkkajk rb=eadeeebb rbe=hafiijcb \
        rc=bcababeg rch=babeageh rd=cbddddac rd_=cccgfgad rde=eadegdac re=abababbc re_=ceaeaeed rea=afgcddef \
        rec=cccadbcf ree=aggdfdag rei=gafgfcdj ren=dabccdac res=beaabadd rh=eahklkbc ri=bcbbabcc ri_=ikgiahgf \
        ria=dgfcbagf rij=kmlllmal rik=gdjjjica rio=dheabaff rk=bbghggaa rli=dagiegab rn_=caijjifc ro=bdbaaabc \
        ro_=gggaaagf roe=hkkgihaf ros=dcdacagf rou=ahajhcbi rs=aaacbdaa rs_=aeajjibd rsc=jajkkkbj rst=cakkjjbb \
        rt_=cachggbb run=eagjihhc rw=dajjjjaj ry=agghggfc ry_=agghggfg rz=lajdcjbk rá=lllalall rá_=jjjajajj \
        rä=mcmmmmma rå=mmmmmmma rån=kkkkkkka rè=kkakkkkk rès=kkakkkkk ré=omagngll rés=llaflikl rí=lllaldkl \
        ría=lllakhkl rö=lcllllla rü=lallllll s_=bcaaiacd sa=ccbaaaea sa_=ggdbaagb sc=eafdcdch sch=halnhmci \
        sci=ejefaehh sco=dhedabeh se=aaabaacb sed=aikgegjd seg=hhjaaakf sei=iadhedgk sh=aeghgfef si=bbbbacdc \
        si_=kjcdaikj sic=dagccdgi sie=gadcdjcg sió=kkkakkkk sj=kijkkkca sk=ghkmlmia sk_=dijkijia ska=kimmnmka \
        sl=cdgfggaa sn=efhhihca so=bbbbabeb so_=dcibabij som=chfghffa sos=jiiacbjg sou=cgaihcgi ss=babjaadc \
        ss_=baghggfc ssa=eebjaaeb sse=dablccde ssi=bdbjacde sso=fhekaahd sst=kakkkkhd st=aacbabaa st_=aacighbb \
        sta=bbdaaabb ste=caccccac stá=jjjajbjj stä=lcllllla stå=kkkkkkka su=acaaabed su_=jggacjji sur=bhaefehg \
        sv=lgkjeifa sve=kgkifjfa sã=klljkajl são=klljkajl sä=memmmmma så=mmmmmmma så_=mmmmmmma sé=llaehejl \
        sö=kekkkkka t_=babihhaa ta=cdcaaadb ta_=hjhbabib taa=lellllal tad=idhafaeb tai=chajgefj tam=ggfabagh \
        tar=cdeabaea tas=ffgaeafc tat=cdcgafec te=babbbbab te_=cbbaabbb ted=akkghjhj tei=haekicci ten=eadcddac \
        tes=cdaabafe tet=kaiiegka teu=ieajkedj th=aggjihgh th_=aghihggg tha=afhiihgh the=agijjhgi thi=aggkjhhi \
        ti=acababbb ti_=jkhjaiki tic=agcaabeh tid=ilgbgbka tie=ddccfmaf tig=fagdgdbb tij=llljlial til=eheeeega \
        tio=adahhhfd tiq=hkahjjkk tj=jgjjjiaa tl=bagggfec tli=gallllic to=cfdbabde to_=dijcacij tod=efjafbje \
        toe=hkkjkjak tor=bdebabdb tos=hghafajk tou=fhajichk tr=bcaaaacb tra=ccbaaadd tre=ddadcddd ts=abbijibb \
        ts_=adajlidd tsc=kakkkkej tt=dddjaiea tt_=ifllkkka tta=fhflakja tte=baahagbb tti=eihmamfe tto=hiimalji \
        tw=bbhffeag ty=affihhfb ty_=aghihhfg tz=jakmllfl tzt=kakkkkkk tà=mmmmammm tà_=mmmmammm tá=kkkakakk \
        tã=kkkkkakk tão=kkkkkakk tä=mcmmmmma tän=kckkkkka tå=kkkkkkka té=nnafnell té_=mmahmekk tó=jjjajajj \
        u_=dcadeadc ua=cfcbaafg ua_=iijdbahj ual=bfebabii uan=fhbaaahi uc=babaccdf uch=daecjkek ue=eebadbhi \
        ue_=egaaebik ued=fkjakgkk uer=iccafbjh ues=cgaaadij uf=faegfiig uf_=lafklljk ugh=agjjijii ui=diabcbaj \
        ui_=kkagccil uie=hifaijil uit=ekcfecam uk=echiiiaa um=cbdddaed um_=dafigade uma=fhfefaij un=cacbbdec \
        un_=edaaaidf una=fgfaafig und=cajejdgc une=ffagehhg ung=gallfkke uo=hiegagjl upp=dffldlha ur=bcadddde \
        ur_=ddaiijdd ura=dhcaaagf ure=beaidgdf urs=dfafkfff us=aaabcbcc us_=cbadgdce uss=eackefcf ut=bbadbcdb \
        ut_=acajiiec utt=feglalge uu=jilhllak uur=kkkkkkak uv=jhaeiehe uve=iiagjfhi uw=limlmlam uw_=kkkkkkak \
        uwe=kgkkkkak ux=ijajkgjh ux_=jkallkkl ué=kkabkckk v_=geggggfa va=dgccbbaa va_=hiebabhb vai=flaigcll \
        van=giefdgae var=gjheefga ve=bcbcbbab ve_=afcecdeg ver=cbddcdac vi=bdbbabca vi_=iifgaeia vl=ihiiiiaa \
        vo=ebbcbbag vo_=jiibabhi voe=kkjkkjak voi=fkalfkik von=jaekfgci voo=mnnnnjan vor=fagfcedf vou=fkakjcgk \
        vr=kkblcdae vä=nmnnnnna väl=kkkkkkka vän=llllllla vär=kkkkkkka vå=llllllla vé=kkaekehj w_=aeghggcg \
        wa=bbhhhgah waa=lkllllal war=bahggfcg was=abiiihbi we=caiiiiah we_=bgiiiiai wee=cigighai weg=iajjjjai \
        wei=gamlllgk wel=ccjkiiai wen=eajjjjbj wer=cakkjjaj wh=aijjjiii whe=ajjjjiii wi=bahhhgbh wie=kallllek \
        wij=kkkkkkak wil=abgggfaf wir=iallklll wit=afhggfeh wo=abiihgah wor=abihggah wu=jajjjjfj wä=kakkkkkk \
        x_=dfaffffe y_=agfcggff yc=egfkkkga yck=llllllla ye=aecchhgg yo=agfcgggg you=ahhhhghh ys=adciiheb \
        z_=faabgafh za=fegbacci za_=ijjcaeij ze=fbiledal ze_=fdhmdhal zei=lallliel zen=fajkjdbk zi=hdklafbk \
        zia=kekkafhk zie=jbjkckak zij=llllllal zio=nmooalnn zo=hfhddfaj zo_=jjibafaj zt=laljllll zt_=kakkkkkk \
        zu=kalijiem zu_=lallllll zw=kakkkkck zz=hiijajii zza=iiiiaiji à=mlaladkl à_=mlalaekl á=oonamaln á_=mmlblall \
        án=kkkakijk ár=lllelall ári=lllllall ás=lllalcll ás_=lllalell â=jjajjaij ã=oppooaop ão=oppnoanp ão_=oppnoanp \
        ä=rdrrrrra äc=jajjjjja äg=ldllllla äh=kakkkkki äk=kkkkkkka äl=nennnnna äll=lellllla äm=lellllla än=odoooooa \
        änd=lcllllla äng=kckkkkka änn=lellllla är=pfpppppa är_=ojoooooa äs=lcllllla äst=kfkkkkka ät=mbmmmmma \
        ätt=memmmmma äv=kjkkkkka å=qqqqqqqa å_=oooooooa åg=mmmmmmma ågo=kkkkkkka ål=llllllla ån=nnnnnnna \
        ån_=kkkkkkka ång=llllllla år=nnnnnnna år_=mmmmmmma ås=kkkkkkka åt=llllllla ç=ooenoamp ça=mmclmakm \
        ça_=llbklall ço=jjcjjajk çã=nnnnnann ção=nnnnnann çõ=lllllall çõe=lllllall è=nnancmin è_=mmlmalim \
        èr=llalllil ère=llalllil ès=kkakkkkk ès_=kkakkkkk é=poaeieik é_=mlaefcii éc=mmafmfkm éd=kkaekdkk ée=nnamnnnj \
        ée_=mmammmmm ées=kkakkkkk ég=llaglfll él=llaekfil ém=jkagjajj ém_=kkkkkakk én=kkabkgdg ép=llaglgll \
        ér=nnaemdln éra=kkahkjkk éri=llaflcll és=nmadnfln és_=llaclekl ét=mmagmgkm éta=llajllll év=kkakkikk \
        ê=mmbmmalm ê_=kkkkkakk ên=kkhkkakk ênc=kkkkkakk êt=llallljl í=oooambmo í_=kkkaidkk ía=nnnalhln ía_=mmmaljlm \
        íc=jjjbjajj ñ=mmmamlmm ña=kkkakjkk ño=lllallll ò=kkkkakkk ò_=kkkkakkk ó=pppandkp ó_=mmmalelm ón=oooankno \
        ón_=oooannno ô=kkakkbkk õ=lllllall õe=lllllall ões=lllllall ö=qdqqqqoa öd=kfkkkkka ög=jbjjjjja ök=kgkkkkka \
        ön=kakkkkkb ör=pfppppna ör_=nknnnnna öra=kkkkkkka örs=lillllla ös=kakkkkka öt=kdkkkkka öv=ljllllla \
        öve=lkllllla ù=kkckakkk ù_=kkckakkk ú=lllajall ü=paokpmln üb=lallllkl übe=lallllkl üc=kakkkkkk üh=kakkkkkk \
        ün=kakkkkij ür=mammmmlm ür_=lallllll
        """
}
