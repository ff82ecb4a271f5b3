@testable import Text

/// Words chosen so that every step of every stemmer has its turn, with the terms that Snowball 3.1 gives, folded.
enum StemRows {
    static let all: [(language: Language, rows: String)] = [
        (
            .english,
            """
            running=run generously=generous flies=fli dying=die news=news happiness=happi relational=relat
            hopping=hop agreed=agre skies=sky caresses=caress ponies=poni ties=tie cats=cat gas=gas
            plastered=plaster bled=bled motoring=motor sing=sing conflated=conflat troubled=troubl sized=size
            falling=fall hoping=hope adding=add by=by sayings=say happy=happi enjoy=enjoy conditional=condit
            rationally=ration digitizer=digit conformably=conform radically=radic analogously=analog
            vietnamization=vietnam predication=predic operator=oper feudalism=feudal decisiveness=decis
            hopefulness=hope callousness=callous formality=formal sensitivity=sensit sensibility=sensibl
            apologist=apolog apology=apolog quickly=quick triplicate=triplic formative=format formalize=formal
            electricity=electr electrical=electr hopeful=hope goodness=good revival=reviv allowance=allow
            inference=infer airliner=airlin gyroscopic=gyroscop adjustable=adjust defensible=defens irritant=irrit
            replacement=replac adjustment=adjust dependent=depend adoption=adopt communism=communism activate=activ
            angularity=angular homologous=homolog effective=effect bowdlerize=bowdler probate=probat rate=rate
            cease=ceas controller=control roll=roll youth=youth early=earli evening=evening evenings=evening
            succeed=succeed organization=organiz universities=universiti emergency=emergenc
            """
        ),
        (
            .german,
            """
            häuser=haus aufführungen=auffuhr bundeskanzlerin=bundeskanzl ministerinnen=minist kanzler=kanzl
            gesetze=gesetz gesetzes=gesetz wahlen=wahl ergebnisse=ergebnis ergebnisses=ergebnis systemen=system
            freiem=freiem lehrern=lehr autos=autos händlern=handl sammeln=sammel handelns=handel älteste=alt
            schnellsten=schnell zweitens=zweit arbeitest=arbeit wartet=wart gearbeitet=gearbeit geordnet=geordnet
            intern=int regierung=regier spannend=spannend wichtigste=wichtig bedeutendsten=bedeut
            möglichkeiten=moglich ehrlichkeit=ehrlich sicherheiten=sich gesundheit=gesund freundlich=freundlich
            freiwillig=freiwill wirtschaftlich=wirtschaft politisch=polit fabrik=fabrik beteiligung=beteil
            mueller=mull müller=mull mauern=mau quelle=quell poetisch=potisch straße=strass strasse=strass
            bauern=bau mayer=may teuer=teu ja=ja öl=ol
            """
        ),
        (
            .french,
            """
            élections=elect députés=deput présidente=president nationale=national nationaux=national
            économique=econom économistes=econom importance=import importante=import créateur=createur
            créatrice=creatric création=creation indications=indiqu fabricateur=fabriqu biologie=biolog
            solutions=solut évolution=evolu présidence=president gouvernements=gouvern rapidement=rapid
            heureusement=heureux activement=activ fermement=ferm bruyamment=brui récemment=recent
            nationalité=national sensibilités=sensibil publicité=publiqu activités=activ négatif=negat
            négative=negat administratives=administr châteaux=chateau journaux=journal bijoux=bijou heureuse=heureux
            amoureuses=amour avertissement=avert établissements=etabl vendîmes=vend finissaient=fin finira=fin
            bâtir=bat partis=part haïr=hair parlions=parlion aimera=aim mangeaient=mang chantées=chant nagea=nag
            demandassent=demand mauvais=mauvais déplais=deplais français=franc palais=palais aises=ais
            pension=pension mission=mission premier=premi première=premi ancienne=ancien bonnes=bon sujette=sujet
            pareille=pareil siège=sieg règlement=regl naïve=naiv ambiguë=ambigu québec=quebec joueur=joueur
            yeux=yeux payer=pai parade=parad tapis=tapis nièce=niec abeille=abeil
            """
        ),
        (
            .spanish,
            """
            elecciones=eleccion elección=eleccion presidenta=president nacionales=nacional económicas=econom
            economistas=econom socialismo=social posible=posibl posibles=posibl responsables=respons famoso=famos
            crecimiento=crecimient movimientos=movimient organizadores=organiz organización=organiz
            aplicaciones=aplic importante=import importantes=import distancia=distanci competencias=competent
            biología=biolog tecnologías=tecnolog soluciones=solucion ejecución=ejecu evolución=evolu
            presidencia=president actualmente=actual rápidamente=rapid activamente=activ famosamente=fam
            constantemente=constant amablemente=amabl universidad=univers posibilidades=posibil publicidad=public
            actividades=activ negativas=negat decisivo=decis haciéndolo=hac diciendo=dic
            construyéndola=construyendol darles=darl decírselo=dec construyeron=constru huyó=huy cayeron=cayeron
            pagué=pag lleguen=lleg hablaremos=habl comerían=com viviéramos=viv cantabais=cant pedido=ped jueves=juev
            niños=nin acción=accion país=pais ministro=ministr vergüenza=verguenz aéreo=aere oaxaca=oaxac leer=leer
            """
        ),
        (
            .italian,
            """
            elezioni=elezion elezione=elezion presidenti=president nazionali=nazional economica=econom
            economiche=econom turismo=turism socialisti=social responsabile=respons possibili=possibil famosi=famos
            importanza=import importanti=import giornalista=giornal attrice=attric dichiarazione=dichiar
            applicazioni=applic amministratore=amministr psicologia=psicolog soluzioni=soluzion illusione=illusion
            presenza=presenz competenze=competent parlamento=parl movimenti=mov attivamente=attiv lentamente=lent
            famosamente=famos amabilmente=amabil università=univers pubblicità=pubblic attività=attiv
            possibilità=possibil negativo=negat decisiva=decis amministrativi=amministr parlandogli=parl
            dirglielo=dirgliel mangiarla=mang vederci=ved divano=divan parlavano=parl finiranno=fin capisco=cap
            credettero=credetter partirebbe=part vissuta=viss qualità=qualit aiuola=aiuol guaio=guai quadro=quadr
            città=citt perché=perc perchè=perc poche=poch laghi=lagh virtù=virtu giuoco=giuoc uomo=uom aereo=aere
            """
        ),
        (
            .portuguese,
            """
            eleições=eleico eleição=eleica presidentes=president nacionais=nacion econômica=econom econômicos=econom
            turismo=turism jornalistas=jornal famosas=famos responsável=respons possível=possivel
            crescimento=cresciment governador=govern administração=administr aplicações=aplic importante=import
            distância=distanc tecnologias=tecnolog revolução=revolu soluções=soluco presidência=president
            competências=competent rapidamente=rapid ativamente=ativ famosamente=famos constantemente=constant
            amavelmente=amavel universidade=univers possibilidades=possibil publicidade=public atividades=ativ
            negativas=negat decisivo=decis primeira=primeir cadeiras=cadeir falaremos=fal comeriam=com
            partíssemos=part cantava=cant vivendo=viv anunciado=anunc pedir=ped caiu=caiu falou=fal
            ministros=ministr cidade=cidad português=portugues pesquisa=pesquis pague=pag açúcar=acuc cabeça=cabec
            irmãos=irma nações=naco órgão=orga chegue=cheg oitavo=oitav aéreo=aer
            """
        ),
        (
            .dutch,
            """
            verkiezingen=verkiez verkiezing=verkiez mogelijkheden=mogelijk waarheid=waarheid gezamenlijkheid=gezamen
            lichamelijk=licham lichamelijkheden=licham kinderen=kinder huizen=huiz lopende=lopend
            vergadering=vergader beraadslaging=beraadslag heiligend=heilig blinde=blind bidden=bid wedden=wed
            gemakken=gemak pakken=pak zetten=zet tuinen=tuin manen=man maan=man brood=brod heren=her
            politieke=politiek politiek=politiek staten=stat gemeente=gemeent gemeentes=gemeentes regeringen=reger
            betaalbaar=betal betaalbare=betal onmiskenbare=onmisken strijdbaar=strijdbar werkelijkheid=werkelijk
            duidelijke=duidelijk duidelijk=duidelijk vrijheid=vrijheid gelegenheden=geleg dieren=dier
            ministers=minister jaren=jar boys=boy yoghurt=yoghurt draaien=draai bommen=bomm zaaien=zaai
            vijftig=vijftig enkele=enkel koloniën=kolonien geïnteresseerd=geinteresseerd reünie=reunie
            dominees=domines weerbarstige=weerbarst beweging=beweg
            """
        ),
        (
            .swedish,
            """
            valen=val valet=val valets=val politikernas=politik regeringen=regering regeringens=regering
            ministrarna=ministr möjligheterna=moj friheten=frihet frihetens=frihet husens=hus landets=landet
            språket=sprak språkets=sprak paketet=paket kaffets=kaffet planet=plan jaktkabinettet=jaktkabinettet
            kvinnorna=kvinn kvinnor=kvinn kvinnors=kvinnor flickan=flickan bilarna=bil bilarnas=bil arbetade=arbet
            arbetades=arbet arbetande=arbet starkare=stark starkast=stark lyckligt=lyck ansvarslös=ansvarslos
            ansvarslöst=ansvarslos kraftfullt=kraftfull kraftfulla=kraftfull viktig=vikt rolig=rol vänlig=van
            friskt=frisk friskhet=frisk bytt=bytt byggd=bygg handels=handel handel=handel kallt=kallt stått=statt
            sagts=sagt ord=ord år=ar överens=over sparvar=sparv vinden=vind nyheterna=nyhet
            """
        ),
        (
            .russian,
            """
            выборы=выбор выборов=выбор президента=президент президентом=президент министры=министр
            правительство=правительств правительства=правительств экономического=экономическ
            экономическая=экономическ новые=нов новый=нов красивейший=красив красивейшая=красив бегавшую=бега
            читающего=чита читающий=чита прочитанной=прочита прочитав=прочита прочитавши=прочита
            прочитавшись=прочита умывшись=ум построив=постро собираются=собира собирался=собира говорили=говор
            говорит=говор делаем=дела делайте=дела делают=дела купила=куп купили=куп построено=постро хотят=хот
            ходить=ход подпишешь=подпишеш рисует=рис рисуют=рис рисуй=рис странами=стран страной=стран страну=стран
            странах=стран событиями=событ события=событ линией=лин линии=лин армию=арм конь=кон коня=кон
            радость=радост радости=радост важность=важност юность=юност молодость=молод ещё=ещ ёлка=елк война=войн
            войны=войн подъезд=подъезд имя=им длинный=длин длинна=длин
            """
        ),
    ]
}
