@testable import Text

/// Texts written for the tests: seven headlines and questions and three longer texts a language.
enum DetectionRows {
    static let all: [(language: Language, short: [String], long: [String])] = [
        (
            .english,
            [
                "Council approves new tram line", "Storm closes northern ports", "Who won the chess final?",
                "Prices for olive oil fall again", "Rescuers search for missing climbers",
                "Museum returns bronze statue", "What did the minister say about rents?",
            ],
            [
                "The city council voted on Tuesday to extend the tram to the airport. Work begins next spring.",
                "Fishermen along the coast say that cod has become rare, and they blame warmer water.",
                "After two years of repairs, the library in Dresden has opened its reading room to the public.",
            ]
        ),
        (
            .german,
            [
                "Stadtrat genehmigt neue Straßenbahn", "Sturm legt den Hafen lahm", "Wer gewann das Finale?",
                "Preise für Olivenöl sinken wieder", "Retter suchen vermisste Bergsteiger",
                "Museum gibt Bronzestatue zurück", "Was sagte die Ministerin über die Mieten?",
            ],
            [
                "Der Stadtrat hat am Dienstag beschlossen, die Straßenbahn bis zum Flughafen zu verlängern.",
                "Die Fischer an der Küste klagen, dass der Dorsch selten geworden ist, und machen das warme Wasser "
                    + "dafür verantwortlich.",
                "Nach zwei Jahren ist der Lesesaal der Bibliothek wieder offen. Im New York Times Magazine stand davon "
                    + "nichts.",
            ]
        ),
        (
            .french,
            [
                "Le conseil approuve une ligne de tram", "La tempête ferme les ports du nord",
                "Qui a remporté la finale ?", "L'huile d'olive baisse encore",
                "Des alpinistes toujours recherchés",
                "Le musée rend une statue de bronze", "Qu'a dit la ministre sur les loyers ?",
            ],
            [
                "Le conseil municipal a voté mardi le prolongement du tramway jusqu'à l'aéroport.",
                "Les pêcheurs de la côte disent que la morue se fait rare et accusent le réchauffement de l'eau.",
                "Après deux ans de travaux, la salle de lecture de la bibliothèque accueille de nouveau le public.",
            ]
        ),
        (
            .spanish,
            [
                "El ayuntamiento aprueba otro tranvía", "La tormenta cierra los puertos del norte",
                "¿Quién ganó la final?", "Baja otra vez el precio del aceite",
                "Siguen buscando a los montañeros", "El museo devuelve una estatua de bronce",
                "¿Qué dijo la ministra sobre los alquileres?",
            ],
            [
                "El pleno votó el martes la prolongación del tranvía hasta el aeropuerto; las obras empiezan en primavera.",
                "Los pescadores de la costa dicen que el bacalao escasea y culpan al agua, cada vez más caliente.",
                "Tras dos años de obras, la sala de lectura de la biblioteca vuelve a recibir al público.",
            ]
        ),
        (
            .italian,
            [
                "Il consiglio approva la nuova tranvia", "La tempesta chiude i porti del nord",
                "Chi ha vinto la finale?", "Scende ancora il prezzo dell'olio",
                "Si cercano gli alpinisti dispersi",
                "Il museo restituisce una statua", "Che cosa ha detto la ministra sugli affitti?",
            ],
            [
                "Il consiglio comunale ha votato martedì il prolungamento della tranvia fino all'aeroporto.",
                "I pescatori della costa dicono che il merluzzo è diventato raro e danno la colpa all'acqua più calda.",
                "Dopo due anni di lavori la sala di lettura della biblioteca riapre al pubblico.",
            ]
        ),
        (
            .portuguese,
            [
                "Câmara aprova nova linha de elétrico", "Tempestade fecha portos do norte",
                "Quem ganhou a final?", "O preço do azeite volta a cair",
                "Continuam as buscas pelos alpinistas",
                "Museu devolve estátua de bronze", "O que disse a ministra sobre as rendas?",
            ],
            [
                "A câmara votou na terça-feira o prolongamento do elétrico até ao aeroporto.",
                "Os pescadores da costa dizem que o bacalhau é cada vez mais raro e culpam a água mais quente.",
                "Depois de dois anos de obras, a sala de leitura da biblioteca voltou a abrir ao público.",
            ]
        ),
        (
            .dutch,
            [
                "Gemeenteraad keurt tramlijn goed", "Storm sluit noordelijke havens", "Wie won de finale?",
                "Prijs van olijfolie daalt opnieuw", "Reddingswerkers zoeken vermiste klimmers",
                "Museum geeft bronzen beeld terug", "Wat zei de minister over de huren?",
            ],
            [
                "De gemeenteraad heeft dinsdag besloten de tram door te trekken naar het vliegveld.",
                "Vissers langs de kust zeggen dat kabeljauw zeldzaam is geworden en geven het warme water de schuld.",
                "Na twee jaar verbouwen is de leeszaal van de bibliotheek weer open voor het publiek.",
            ]
        ),
        (
            .swedish,
            [
                "Kommunen godkänner ny spårvagn", "Stormen stänger hamnarna i norr", "Vem vann finalen?",
                "Priset på olivolja sjunker igen", "Räddare söker försvunna klättrare",
                "Museet lämnar tillbaka bronsstaty", "Vad sade ministern om hyrorna?",
            ],
            [
                "Kommunfullmäktige beslutade på tisdagen att förlänga spårvägen till flygplatsen.",
                "Fiskarna längs kusten säger att torsken har blivit sällsynt och skyller på det varma vattnet.",
                "Efter två års ombyggnad är bibliotekets läsesal åter öppen för allmänheten.",
            ]
        ),
        (
            .russian,
            [
                "Совет одобрил новую линию трамвая", "Шторм закрыл северные порты", "Кто выиграл финал?",
                "Оливковое масло снова дешевеет", "Спасатели ищут пропавших альпинистов",
                "Музей вернул бронзовую статую", "Что сказала министр об аренде?",
            ],
            [
                "Городской совет во вторник решил продлить трамвай до аэропорта.",
                "Рыбаки на побережье говорят, что треска стала редкой, и винят в этом тёплую воду.",
                "После двух лет ремонта читальный зал библиотеки снова открыт. The Times об этом не писала.",
            ]
        ),
        (
            .traditionalChinese,
            [
                "市議會通過電車新線", "風暴關閉北部港口", "誰贏了決賽？", "橄欖油價格再跌", "救援隊搜尋失蹤登山客", "博物館歸還銅像",
                "部長對房租說了什麼？",
            ],
            [
                "市議會星期二表決，把電車延長到機場，工程明年春天開始。", "沿岸漁民說鱈魚越來越少，他們認為是海水變暖。",
                "經過兩年整修，圖書館的閱覽室重新開放。《New York Times》沒有報導。",
            ]
        ),
        (
            .simplifiedChinese,
            [
                "市议会通过电车新线", "风暴关闭北部港口", "谁赢了决赛？", "橄榄油价格再跌", "救援队搜寻失踪登山者", "博物馆归还铜像",
                "部长对房租说了什么？",
            ],
            [
                "市议会星期二表决，把电车延长到机场，工程明年春天开始。", "沿岸渔民说鳕鱼越来越少，他们认为是海水变暖。",
                "经过两年整修，图书馆的阅览室重新开放。",
            ]
        ),
        (
            .japanese,
            [
                "市議会が路面電車の新線を承認", "嵐で北部の港が閉鎖", "決勝で勝ったのは誰？", "オリーブ油がまた値下がり", "行方不明の登山者を捜索",
                "博物館が銅像を返還した", "大臣は家賃について何と言った？",
            ],
            [
                "市議会は火曜日、路面電車を空港まで延ばすことを決めた。", "沿岸の漁師は、タラが減ったのは海水が温かくなったためだと話す。",
                "二年間の改修を終え、図書館の閲覧室が再び開いた。",
            ]
        ),
        (
            .korean,
            [
                "시의회, 새 전차 노선 승인", "폭풍으로 북부 항구 폐쇄", "결승에서 누가 이겼나?", "올리브유 값 다시 내려", "실종된 등산객 수색",
                "박물관, 청동상 반환", "장관은 임대료에 대해 뭐라고 했나?",
            ],
            [
                "시의회는 화요일에 전차를 공항까지 연장하기로 했다.", "어부들은 바닷물이 따뜻해져 대구가 드물어졌다고 말한다.",
                "2년의 공사 끝에 도서관 열람실이 다시 문을 열었다.",
            ]
        ),
        (
            .arabic,
            [
                "المجلس يوافق على خط ترام جديد", "العاصفة تغلق موانئ الشمال", "من فاز في النهائي؟",
                "أسعار زيت الزيتون تنخفض مجددا", "البحث عن متسلقين مفقودين", "المتحف يعيد تمثالا من البرونز",
                "ماذا قالت الوزيرة عن الإيجارات؟",
            ],
            [
                "صوت مجلس المدينة يوم الثلاثاء على تمديد الترام إلى المطار.",
                "يقول الصيادون على الساحل إن سمك القد أصبح نادرا.",
                "بعد عامين من الترميم فتحت المكتبة قاعة القراءة.",
            ]
        ),
    ]

    /// Texts of languages that are not known, and texts without any.
    static let undetermined = [
        "12345 !?", "", "Міністерство оголосило про нові правила для підприємств і їхніх працівників.",
        "Władze miasta ogłosiły wczoraj przetarg na budowę nowej linii tramwajowej do lotniska.",
        "Byrådet besluttede i går, at sporvognen også skal køre til lufthavnen, når der er råd til det; det mener børnene "
            + "også, og øerne får færger.",
        "شورای شهر روز سه‌شنبه تصمیم گرفت که خط تراموا را تا فرودگاه ادامه دهد.",
    ]
}
