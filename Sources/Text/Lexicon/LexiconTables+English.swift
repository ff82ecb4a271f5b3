/// The tables of ``Lexicon``.
enum LexiconTables {
    /// A line is a group of words and phrases that news uses for the same thing; a word may stand in several.
    static let englishSynonyms = """
        country, nation, state
        company, firm, business, corporation, enterprise
        buy, acquire, purchase, take over, acquisition, takeover, buyout
        sell, divest, sale, sold
        begin, start, launch, commence, kick off
        announce, reveal, unveil, disclose, declare, announcement
        present, unveil, introduce, show, demonstrate, presentation
        release, launch, publish, roll out, debut
        raise, secure, collect, obtain
        funding, financing, investment round, fundraising, round
        fine, penalty, penalize
        dismiss, fire, remove, oust, sack, removal, ouster, dismissal
        resign, quit, step down, resignation
        leave, depart, quit, exit, departure
        boss, chief, ceo, head, chief executive, leader
        lead, head, led, leader
        chair, chairman, chairwoman, chairperson
        hack, breach, steal, theft, stolen, hacker, attack, cyberattack, exploit
        crash, outage, down, disruption, fail, failure
        fault, bug, error, flaw, defect, mistake
        cause, trigger, reason, lead to, due to
        affect, hit, disrupt, impact
        sentence, jail, prison, imprison, prison term
        forfeit, forfeiture, confiscate
        plan, tier, edition, version, subscription
        version, edition, release
        cost, price, fee, charge
        pay, payment, paid
        spend, spending, expenditure, purchase, outlay
        user, customer, subscriber, client
        investor, invest, investment, backer, shareholder, stake
        hold, own, stake, owner, ownership, possess
        rely, depend, reliance, dependence, dependent, dependency
        reduce, cut, lower, decrease, reduction, decline, lessen
        increase, raise, rise, grow, growth, lift
        fall, drop, decline, plunge, tumble, slump, lose, fell
        deploy, deployment, host, run, roll out
        host, run, hosting
        operate, run, operation, work
        partner, ally, cooperate, collaborate, partnership, cooperation, collaboration, alliance
        deal, agreement, contract, pact, accord
        sign, signed, enact
        replace, succeed, successor, replacement, take over, take place
        judge, justice, court
        rule, ruling, judgment, verdict, decide, decision, find
        sue, lawsuit, case, sued
        accuse, charge, allege, indict
        approve, pass, green light, clear, approval, authorize, permit
        law, legislation, act, bill, statute, regulation
        vote, ballot, voting
        listing, list, ipo, go public, went public, public offering, debut
        value, valuation, worth, market value, market cap, capitalization
        money, fund, capital, cash
        profit, earnings, income
        revenue, sales, turnover
        worker, employee, staff, workforce
        layoff, job cut, lay off, redundancy
        hire, recruit, employ, appoint
        appoint, name, nominate, appointment
        company, maker, developer, creator
        create, develop, build, make, produce, development
        design, designer
        tool, product, software, app, application
        chip, semiconductor, gpu, processor
        computer, machine, pc, device
        device, machine, gadget, phone
        phone, smartphone, iphone, handset
        server, data center, datacenter
        site, location, place, campus
        locate, based, situated, located
        expand, expansion, extend, enlarge, broaden
        extend, extension, prolong, renew
        ban, prohibit, forbid, block, outlaw
        warn, warning, caution
        criticize, criticism, condemn, blame
        attribute, blame, attributed
        support, back, endorse, backing
        oppose, object, reject, opposition
        protest, demonstration, rally
        kill, dead, death, die, fatality
        injure, hurt, wound, injury
        win, beat, defeat, victory, won
        lose, loss, lost
        game, match, play
        team, club, side, squad
        player, athlete, footballer
        coach, manager, trainer
        movie, film, picture
        show, series, program
        song, track, single, album
        doctor, physician, medic
        hospital, clinic, medical
        illness, disease, sickness
        drug, medicine, medication
        vaccine, vaccination, jab, shot
        student, pupil, learner
        school, education, educational, university, college
        house, home, property
        car, vehicle, automobile, auto
        plane, aircraft, jet, flight
        airline, carrier
        ship, vessel, boat
        police, officer, cop
        arrest, detain, custody
        court, tribunal
        election, poll, vote
        president, head of state
        prime minister, premier
        minister, secretary
        government, administration, authorities, state
        parliament, congress, senate, legislature
        war, conflict, fighting, battle
        army, military, troops, forces
        weapon, arms, missile
        attack, assault, strike, raid
        storm, hurricane, typhoon, cyclone
        flood, flooding
        earthquake, quake
        fire, blaze, wildfire
        energy, power, electricity
        consumption, use, usage, consume
        climate, global warming
        oil, crude, petroleum
        bank, lender
        loan, credit, debt
        rate, interest
        share, stock, equity
        shareholder, stockholder
        currency, coin, token, money
        cryptocurrency, crypto, digital currency, digital asset
        ether, ethereum, eth
        bitcoin, btc
        exchange, platform, marketplace, trading venue
        stablecoin, stable coin
        blockchain, chain, network, ledger
        upgrade, update, hard fork, improvement
        update, patch, upgrade
        reward, payout, compensation, payment
        halve, halving, halved
        validator, staker
        fee, cost, charge
        layer-2, layer 2, rollup
        artificial intelligence, ai
        united states, us, usa, america, u.s.
        united kingdom, uk, britain
        european union, eu
        united nations, un
        american, us
        british, uk
        chinese, china
        initial, first, original
        board, director, directors
        interim, temporary, acting
        provisional, temporary, interim
        member, part
        join, joined, enter, participate, take part
        participate, take part, took part, join, participant
        exclusive, exclusivity, sole
        free, gratis, no cost, free of charge
        available, availability, offered, accessible
        offer, provide, supply, give
        require, need, requirement, must, necessary
        compatible, support, work with
        secure, security, safety, safe
        privacy, private, data protection
        risk, danger, threat, hazard
        benefit, advantage, gain, upside
        drawback, disadvantage, downside
        diversify, diversification, multi-cloud, spread
        resilience, resiliency, stability, reliability, robust
        notice, see, feel, aware, perceive, recognize
        confirm, verify, acknowledge, confirmation
        deny, denial, refute
        say, state, tell, claim
        believe, think, consider
        predict, forecast, expect, projection
        possible, possibility, may, potential
        future, next, coming, upcoming
        biggest, largest, greatest, major
        large, big, huge, major
        monopoly, monopolist, dominance, dominant, antitrust
        search, search engine
        compete, rival, competitor, competition
        market, marketplace
        customer, consumer, buyer
        nickname, name, called, dub
        license, licence, permit
        open source, open-source, mit
        reason, reasoning
        model, system
        voice, speech, audio
        image, picture, photo, vision
        bankrupt, bankruptcy, chapter 11, insolvency, insolvent
        founder, founded, co-founder, cofounder, found, establish
        establish, set up, create, found
        convict, conviction, guilty
        million, m
        billion, bn
        dollar, usd
        percent, percentage, per cent
        happen, occur, take place
        restructure, recapitalize, recapitalise, reorganize, recapitalization, recapitalisation, restructuring
        right of first refusal, first refusal
        agree, consent, agreement
        mean, signify, significance, meaning
        explode, explosion, blast
        produce, production, output
        supply, supplier, provider, vendor
        provider, supplier, platform, vendor
        region, area, territory
        cover, include, span, comprise, involve, list
        list, include, name
        service, product, offering
        app, application
        feature, function, capability
        speed, fast, quick, rapid
        official, formally, officially
        confidence, trust
        power, strength, clout
        invent, invention
        discover, discovery, find, found
        research, study, researcher
        scientist, researcher
        space, orbit
        """

    /// A line is the names of one thing; unlike synonyms they mean exactly the same.
    static let aliases = """
        United States, US, USA, U.S., U.S.A., United States of America, America
        United Kingdom, UK, U.K., Britain, Great Britain
        European Union, EU
        United Nations, UN
        United Arab Emirates, UAE
        Soviet Union, USSR
        World Health Organization, World Health Organisation
        International Monetary Fund, IMF
        World Trade Organization, World Trade Organisation, WTO
        North Atlantic Treaty Organization, NATO
        European Central Bank, ECB
        Federal Reserve, Fed
        Securities and Exchange Commission, SEC
        Federal Trade Commission, FTC
        Federal Communications Commission, FCC
        Federal Bureau of Investigation, FBI
        Central Intelligence Agency, CIA
        National Security Agency, NSA
        Food and Drug Administration, FDA
        Department of Justice, Justice Department, DOJ
        Commodity Futures Trading Commission, CFTC
        Supreme Court of the United States, SCOTUS
        New York Stock Exchange, NYSE
        Amazon Web Services, AWS
        International Business Machines, IBM
        Massachusetts Institute of Technology
        Taiwan Semiconductor Manufacturing Company, TSMC
        Bitcoin, BTC
        New York City, NYC
        Los Angeles
        artificial intelligence, AI
        artificial general intelligence, AGI
        large language model, LLM
        gross domestic product, GDP
        electric vehicle, EV
        initial public offering, IPO
        exchange-traded fund, exchange traded fund, ETF
        central bank digital currency, CBDC
        """

    /// Phrases that say nothing about what is asked.
    static let emptyPhrases = """
        take place, takes place, took place, taken place, taking place, come about, came about
        come true, came true, a lot of, in total, at all, at least, at most, as well, so far, in fact, in general
        in order, according to, kind of, sort of, type of, with regard, in terms, on behalf, each other
        find out, turn out, turned out, end up, ended up, carry out, carried out
        """

    /// Content words of general news from the commonest to the rarer, in falling steps.
    static let commonness: [String] = [
        """
        say year new time people make day work world good way take thing first last use know week company country
        million government report official man woman state city market news group part month number president business
        还有 国家 公司 政府 市场 人 年 月 日 时间 问题 发展 工作 美国 中国
        """,
        """
        game team player season show home child school life family house money price cost share stock high low big small
        long great right help need want think look find give tell ask call try leave feel become begin seem turn start
        play run move live believe hold bring happen write provide sit stand lose pay meet include continue set learn
        change lead understand watch follow stop create speak read spend grow open walk win offer remember love consider
        appear buy wait serve die send expect build stay fall cut reach kill remain 企业 社会 经济 技术 服务 系统 产品 用户
        """,
        """
        case point court law police election party member service product customer user plan program project system
        power water food health hospital student university research study data technology computer internet software
        phone app site website online digital media social network platform industry bank fund investment investor
        financial economic economy trade growth rate tax deal agreement billion percent dollar sale sell profit revenue
        sign signed announce launch release reveal confirm accuse claim deny approve reject decide decision rule ruling
        support oppose vote attack war military security safety risk issue problem question reason result effect
        impact cause change chief executive director minister officer leader head board staff worker employee job
        投资 银行 资金 价格 平台 数据 网络 安全 风险 原因 影响 结果 计划 项目 合作 协议 法律 法院 法官 总统 部长
        """,
        """
        announcement statement interview spokesperson source expert analyst critic fan audience viewer reader writer
        author artist actor singer movie film music song album book story article version edition feature model design
        development developer engineer science scientist space energy oil gas climate weather storm fire flood car
        vehicle plane flight airport airline train road travel hotel restaurant store shop brand luxury fashion sport
        football basketball baseball soccer league club coach match championship cup final goal score point record
        history culture event festival holiday christmas summer winter spring autumn january february march april may
        june july august september october november december monday tuesday wednesday thursday friday saturday sunday
        population region area border capital town street building land island river sea north south east west
        early late recent current former old young male female black white red blue green final total main major
        general public private national international local global federal foreign political personal human real
        true false possible impossible likely available free full empty clear hard easy strong weak fast slow
        better best worse worst popular famous important special different same similar common rare 软件 人工智能 模型 芯片
        """,
        """
        discuss describe explain argue suggest compare reduce increase rise drop decline cover replace remove join
        depend rely host deploy operate develop improve upgrade update fix protect defend investigate charge arrest
        sentence convict sue appeal settle pay fine ban restrict allow permit require need demand supply produce
        manufacture deliver ship import export invest acquire merge split list trade exchange transfer borrow lend
        lower raise double halve gain lose earn save spend waste hire fire resign retire appoint elect nominate
        succeed fail complete finish end close open expand extend limit control manage direct organize prepare
        test try measure count estimate predict forecast warn worry fear hope promise threaten refuse accept agree
        disagree negotiate meet visit attend celebrate honor award prize title rank place position role duty task
        goal target strategy policy approach method process procedure step stage phase level degree amount quantity
        size length width height weight distance speed age date hour minute second moment period term deadline
        notice device machine update customer subscriber partner partnership rival competitor competition
        """,
    ]

    /// Words that say so little about what is asked that an answer may do without them.
    static let generic = """
        happen occur involve say tell give get make do use thing detail information article post news report mention
        name kind type sort take come go show describe explain talk discuss regard concern relate include contain
        called know mean have be exact specific certain various several main major important real actual current new
        latest recent update story fact matter topic subject case example reason purpose way manner part rest number
        amount total figure according publish cite cover state write read text passage list please question answer channel
        run appear
        summarise summarize summary overview brief outline
        使用 进行 有关 消息 新闻 报道 提到 内容 情况 事情 信息 表示 指出 认为 相关 具体 主要 方面 东西 文章 频道 发生 属于 叫 名字 名称 总共
        一共 数量 最新 近期 最近 目前 现在
        """
}
