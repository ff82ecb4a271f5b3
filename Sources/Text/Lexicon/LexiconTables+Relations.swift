/// The tables of ``WordRelations``.
extension LexiconTables {
    /// A line is a group of plain English words that may be said for each other; looser than synonyms, so that they are
    /// good for holding a sentence that was found against its question, and not for finding it.
    static let englishAkin = """
        stay, remain, keep, continue
        lead, run, head, manage, govern
        start, begin, commence, initiate, launch, open, onset
        end, finish, stop, cease, conclude, terminate, close, expire
        last, continue, endure, persist, run
        make, create, produce, build, form, generate, construct, manufacture
        build, construct, erect
        get, receive, obtain, acquire, gain, earn
        give, grant, award, provide, offer, supply, bestow
        take, seize, capture, occupy
        conquer, capture, seize, defeat, take, occupy
        own, have, hold, possess, belong
        keep, retain, maintain, preserve, hold, store
        show, display, demonstrate, exhibit, present
        reveal, disclose, uncover, expose
        say, state, claim, assert, argue, declare, tell, remark, mention
        argue, claim, contend, maintain, assert, believe
        think, believe, feel, consider, regard, view, hold
        call, name, term, dub, refer, known, title, label, describe
        suggest, propose, recommend, advise
        ask, request, demand, inquire
        answer, reply, respond, response
        help, aid, assist, support
        allow, permit, enable, let, authorize
        prevent, stop, block, avoid, hinder, avert
        forbid, ban, prohibit, bar, outlaw
        cause, lead, result, trigger, produce, create, bring, contribute
        use, employ, utilize, apply, usage
        need, require, necessary, must, demand
        want, wish, desire, seek, aim, intend
        try, attempt, seek, strive, endeavor
        choose, select, pick, elect, opt, choice
        change, alter, modify, transform, shift, vary
        become, turn, grow
        increase, rise, grow, climb, expand, raise, boost, growth
        decrease, decline, fall, drop, reduce, shrink, lower, diminish, reduction, lessen
        improve, enhance, better, upgrade
        damage, harm, hurt, injure, destroy, ruin
        destroy, demolish, wreck, ruin, devastate
        kill, murder, slay, assassinate, die, death, execute
        die, death, perish, pass
        live, dwell, reside, inhabit, resident, home
        move, relocate, migrate, travel, transfer, go
        go, travel, visit, attend, move
        arrive, come, reach, land
        leave, depart, exit, quit, abandon, withdraw
        flee, escape, leave
        return, restore
        send, dispatch, ship, deliver, transmit
        bring, carry, transport, convey
        contain, include, comprise, hold, consist, compose
        compose, comprise, consist, make
        cover, include, span
        connect, link, join, attach, tie
        divide, split, separate
        find, discover, locate, detect
        search, seek, look
        study, research, examine, investigate, analyze
        learn, study, discover
        teach, instruct, educate, train
        write, author, compose, pen
        author, writer
        publish, release, issue, print
        speak, talk
        discuss, debate, talk
        agree, accept, consent, approve
        refuse, reject, decline, deny
        oppose, object, resist, against
        fight, battle, combat, war, struggle
        attack, assault, strike, invade, raid
        invade, attack, invasion
        defend, protect, guard
        protect, defend, guard, shield, preserve, conserve
        win, victory, defeat, beat, victorious, triumph
        lose, defeat, loss
        lead, head, command, direct, guide, run
        rule, govern, reign, control
        manage, run, administer, operate, direct, oversee, supervise
        control, govern, regulate, manage
        work, operate, function, serve
        serve, act, work
        happen, occur, take
        appoint, name, nominate, install, designate, assign
        replace, succeed, substitute, supersede
        marry, wed, marriage, wife, husband, spouse
        bear, birth, born
        pay, spend, cost
        buy, purchase, acquire
        sell, sale, market
        rename, rebrand, retitle
        measure, gauge, determine, calculate
        calculate, compute, determine
        count, number, total
        limit, restrict, constrain
        gather, collect, assemble, raise
        spread, extend, expand
        spread, transmit
        locate, situate, lie, position, stand, site, base
        lie, locate, sit, border
        found, establish, create, set, start, launch, institute
        challenge, dispute, question, contest
        support, back, endorse, favor, uphold
        depend, rely, hinge
        surround, encircle, enclose, border
        border, adjoin, neighbor, boundary
        flow, run, stream
        fund, finance, pay, sponsor, subsidize
        employ, hire, recruit
        arrest, detain, imprison, jail
        accuse, charge, blame, allege
        blame, fault, accuse
        punish, penalize
        release, free, liberate
        remove, eliminate, delete, strip
        add, include, append
        develop, create, devise, invent, design
        design, devise, plan
        plan, intend, propose
        predict, forecast, expect, foresee
        expect, anticipate, predict
        believe, assume, suppose, think
        know, aware, familiar, famous
        famous, known, renowned, noted, celebrated
        show, prove, demonstrate, indicate
        mean, signify, denote, indicate, imply
        represent, symbolize, stand, denote
        symbol, represent
        describe, depict, portray, characterize
        compare, contrast
        resemble, similar, like
        earn, make, receive
        encourage, promote, foster, stimulate
        discourage, deter
        promote, advance, encourage, further
        hide, conceal
        break, shatter, violate
        repair, fix, mend
        clean, cleanse
        burn, combust, fire, combustion
        heat, warm
        cool, chill
        eat, consume, feed
        drink, consume
        grow, cultivate, raise
        live, survive, exist
        survive, endure, remain
        remain, stay, continue
        wait, delay
        delay, postpone
        hurry, rush
        hold, host
        meet, encounter, gather, convene
        host, hold, organize
        join, enter, unite, merge
        merge, combine, unite, join, fuse
        combine, merge, blend, mix, unite
        belong, part, member
        take, last, duration, long
        long, length, duration, last
        tall, high, height
        deep, depth
        wide, width, breadth, broad
        large, big, size, huge, great, vast, major, extensive
        size, large, area, extent
        small, little, tiny, minor
        old, ancient, age, aged
        young, youth, juvenile
        new, recent, modern, novel
        early, ancient, first, initial
        first, initial, original, earliest
        main, chief, primary, principal, major, key, central, leading
        important, significant, crucial, key, vital, essential, major, critical
        biggest, largest, greatest, major, main
        common, frequent, widespread, usual
        popular, common, favorite, widespread, famous
        rare, uncommon, scarce
        usual, typical, normal, common, general
        typical, usual, average, normal
        whole, entire, complete, total, full
        total, overall, sum, entire
        part, portion, section, piece, share, fraction, component
        portion, part, share, percent
        percent, percentage, share, portion, proportion, rate
        amount, quantity, number, sum, volume
        number, figure, count, amount
        kind, type, sort, class, form, category
        group, class, category
        way, method, manner, means
        method, technique, way, approach
        reason, cause, why, because, motive
        result, outcome, effect, consequence
        effect, impact, influence, consequence, result
        influence, affect, impact, shape
        affect, influence, impact, hit
        goal, aim, purpose, objective, target
        purpose, goal, aim, function
        job, occupation, profession, work
        worker, employee, laborer, staff
        boss, head, chief, leader
        leader, head, chief, ruler, commander
        ruler, king, emperor, monarch, leader
        man, male, boy, gentleman
        woman, female, lady, girl
        men, male, males
        women, female, females
        child, kid, son, daughter
        people, person, human, population, inhabitant, resident
        person, individual, human, people
        inhabitant, resident, citizen, population
        citizen, national, people
        father, parent
        mother, parent
        friend, ally, companion
        enemy, foe, opponent, rival
        opponent, rival, adversary
        rival, competitor, opponent
        country, nation, state, land
        city, town, municipality
        town, city, village
        area, region, zone, territory
        region, area, district, territory
        place, location, site, spot
        land, territory, ground
        road, street, highway, route
        route, path, way
        river, stream, waterway
        stream, river, brook, creek
        sea, ocean, water
        mountain, peak, hill, mount
        forest, wood, woodland, rainforest
        tree, wood
        animal, creature, beast
        cow, cattle
        house, home, residence, dwelling
        building, structure, edifice
        church, cathedral
        school, academy, college
        university, college, institution
        teacher, instructor, professor
        student, pupil
        doctor, physician
        illness, disease, sickness, infection
        drug, medicine, medication, pharmaceutical
        ship, vessel, boat
        car, automobile, vehicle
        plane, aircraft, airplane
        money, fund, cash, currency, capital
        currency, dollar, money
        cost, price, expense, fee
        wage, salary, pay, income
        rich, wealthy, affluent, wealth
        poor, poverty, impoverished
        war, conflict, battle, fight
        army, troop, military, force, soldier
        soldier, troop, man
        weapon, arm, gun
        law, act, statute, legislation, rule
        rule, law, regulation
        court, tribunal, judge
        crime, offense
        punishment, penalty, sentence
        agreement, treaty, deal, pact, accord
        vote, ballot, elect
        government, administration, state, regime
        parliament, assembly, legislature
        movie, film, picture
        music, song
        book, volume, work
        newspaper, paper, press
        magazine, journal, periodical
        show, program, series
        television, tv
        picture, image, photo, painting
        story, tale
        language, tongue
        word, term, name
        name, title, called
        religion, faith, belief
        belief, faith, view
        god, deity
        idea, concept, notion
        concept, idea, notion, theory
        theory, hypothesis, model, idea
        problem, issue, trouble, difficulty
        issue, problem, matter
        question, issue
        difficulty, hard, difficult
        easy, simple
        quick, fast, rapid, speed, swift
        slow, gradual
        speed, rate, pace
        danger, risk, hazard, threat
        dangerous, hazardous, harmful
        safe, secure
        strong, powerful
        weak, feeble
        power, force, strength, authority
        energy, power
        gas, vapor
        rock, stone
        metal, ore
        food, nutrition, nutrient
        day, date
        year, annual, yearly, annum
        month, monthly
        century, hundred
        time, period, era, age
        almost, nearly, approximately
        approximately, about, around, roughly
        often, frequently
        successful, success, succeed
        success, succeed, victory
        fail, failure, unsuccessful
        protest, demonstrate, demonstration
        refugee, exile
        exile, banish, expel, deport
        expel, banish, deport, oust, evict
        rebel, revolt, uprising, rebellion, insurgent
        independence, independent, freedom
        free, independent
        slave, slavery
        trade, commerce
        commerce, trade, business
        business, company, firm, trade, commerce
        company, firm, business, corporation
        factory, plant, mill
        product, good, commodity
        customer, client, consumer, subscriber
        seat, headquarters
        headquarters, based, seat
        capital, seat
        half, fifty
        twice, two, double
        single, one
        pair, two, couple
        dozen, twelve
        fort, fortress, castle
        anniversary, commemorate
        celebrate, mark, commemorate
        honor, commemorate, award
        award, prize, honor
        discipline, field, subject
        field, discipline, area
        scholar, academic, researcher
        scientist, researcher, physicist
        examine, inspect, review
        check, verify, test
        test, exam, trial
        similar, alike, same, resemble
        same, identical, equal
        different, distinct, unlike
        opposite, contrary
        special, particular, specific
        unique, sole, only
        only, sole, solely
        """

    /// A line is the forms of a word, and the words made of it, that have no stem in common.
    static let englishForms = """
        lead, led
        buy, bought
        sell, sold, sale
        win, won
        lose, lost, loss
        leave, left
        find, found
        hold, held
        build, built
        make, made
        take, took, taken
        give, gave, given
        begin, began, begun
        write, wrote, written
        know, knew, known
        grow, grew, grown, growth
        speak, spoke, spoken
        fall, fell, fallen
        rise, rose, risen
        fight, fought
        think, thought
        bring, brought
        catch, caught
        teach, taught
        send, sent
        spend, spent
        lend, lent
        meet, met
        pay, paid, payment
        say, said
        tell, told
        keep, kept
        feel, felt
        run, ran
        come, came
        become, became
        go, went, gone
        see, saw, seen
        show, shown
        choose, chose, chosen, choice
        break, broke, broken
        steal, stole, stolen, theft
        get, got
        sink, sank, sunk
        shrink, shrank
        drink, drank, drunk
        eat, ate, eaten
        wear, wore, worn
        bear, bore, born, birth
        throw, threw, thrown
        fly, flew, flown, flight
        draw, drew, drawn
        withdraw, withdrew, withdrawn, withdrawal
        overtake, overtook, overtaken
        strike, struck
        stand, stood
        understand, understood
        sit, sat
        lie, lay, lain
        lay, laid
        seek, sought
        forbid, forbade, forbidden
        hide, hid, hidden
        shoot, shot
        hang, hung
        ride, rode, ridden
        feed, fed
        flee, fled
        bind, bound
        deal, dealt
        mean, meant
        sleep, slept
        sweep, swept
        man, men
        woman, women
        child, children
        foot, feet
        tooth, teeth
        mouse, mice
        life, lives, live
        half, halves, halve
        thief, thieves
        wife, wives
        leaf, leaves
        die, died, dead, death
        sing, sang, sung, song
        swim, swam
        forget, forgot, forgotten
        freeze, froze, frozen
        blow, blew, blown
        drive, drove, driven
        shake, shook, shaken
        swear, swore, sworn
        tear, tore, torn
        wake, woke, woken
        weave, wove, woven
        arise, arose, arisen
        lose, lost
        arrive, arrival
        approve, approval
        refuse, refusal
        propose, proposal
        survive, survival
        remove, removal
        decide, decision
        divide, division
        invade, invasion
        expand, expansion
        conclude, conclusion
        produce, production, product
        reduce, reduction
        destroy, destruction
        construct, construction
        receive, receipt, reception
        describe, description
        solve, solution
        resolve, resolution
        marry, marriage
        bury, burial
        depart, departure
        fail, failure
        succeed, success
        analyse, analyze, analysis
        defend, defence, defense
        argue, argument
        judge, judgment
        able, ability
        long, length
        strong, strength
        wide, width
        deep, depth
        high, height
        hot, heat
        proud, pride
        free, freedom
        wise, wisdom
        poor, poverty
        young, youth
        true, truth
        safe, safety
        """

    /// A line is words and their opposites.
    static let englishOpposites = """
        first earliest initial / last latest final
        most / least fewest
        more / less fewer
        best / worst
        better / worse
        largest biggest greatest / smallest tiniest least
        larger bigger greater / smaller lesser
        large big great huge / small little tiny minor
        major / minor
        highest tallest / lowest shortest
        higher / lower
        high / low
        maximum / minimum
        longest / shortest
        long / short
        oldest earliest / youngest newest latest
        old ancient / new modern recent
        older / younger newer
        early / late
        earlier before / later after
        fastest quickest / slowest
        fast quick rapid / slow
        deep / shallow
        wide broad / narrow
        strong / weak
        strengthen reinforce / weaken undermine
        heavy / light
        hot warm / cold cool
        heat warm / cool chill
        dry / wet
        hard difficult / easy simple
        simple / complex complicated
        rich wealthy / poor
        safe / dangerous
        clean / dirty polluted
        public / private
        internal inner inside / external outer outside
        domestic local / foreign international
        legal lawful / illegal unlawful
        male men man boy / female women woman girl
        husband / wife
        father / mother
        son / daughter
        brother / sister
        king / queen
        northern north / southern south
        eastern east / western west
        northeast / southeast southwest northwest
        upper top / lower bottom
        front / back rear
        left / right
        summer / winter
        spring / autumn
        morning / evening
        day / night
        war / peace
        success succeed successful / fail failure unsuccessful
        always / never
        often frequent / rare seldom
        common / rare uncommon
        increase rise rose grow grew gain climb surge jump raise expand boost / decrease fall fell decline drop \
        shrink shrank plunge sink sank reduce lower cut diminish contract
        enhance improve promote / control reduce worsen impair weaken
        begin start launch open commence / end finish stop cease close conclude
        win won victory victorious defeat beat / lose lost defeat loss
        accept approve / reject refuse
        allow permit let / forbid prohibit ban prevent bar
        support favor endorse back / oppose object resist against
        buy bought purchase / sell sold
        import / export
        join enter / leave quit exit
        leave quit depart exit / stay remain
        arrive come / leave depart
        hire employ / fire dismiss
        same similar identical / different distinct opposite
        include contain / exclude omit
        agree / disagree
        deny refute / confirm admit acknowledge
        remember / forget
        create build construct found / destroy demolish abolish dissolve
        protect defend / attack
        attack / defend
        invade / withdraw retreat
        advance / retreat
        connect join unite / separate divide split
        add / remove subtract
        multiply / divide
        push / pull
        send / receive
        give / take
        teach / learn
        lend / borrow
        ask / answer
        love like / hate dislike
        follow succeed / precede
        predecessor / successor
        after / before
        above / below
        profit gain / loss
        asset / debt liability
        supply / demand
        surplus / deficit
        active / passive inactive
        positive / negative
        true correct accurate valid precise / false incorrect inaccurate invalid wrong
        known / unknown
        natural / artificial synthetic
        rural / urban
        liberal / conservative
        majority / minority
        present / absent
        full / empty
        visible / invisible
        possible / impossible
        equal / unequal
        stable / unstable
        direct / indirect
        formal official / informal unofficial
        odd / even
        prime / composite
        ally friend / enemy foe
        enemy / friend ally
        life alive live birth born / death dead die
        birth / death
        encourage promote / discourage deter
        freedom liberty / slavery
        guilty / innocent
        hide / reveal
        reveal / hide conceal
        lead / follow
        tax / subsidy
        temporary / permanent
        voluntary / mandatory compulsory
        mandatory / optional voluntary
        optional / required
        finite / infinite
        primary main / secondary
        plaintiff / defendant
        government / opposition
        reverse / forward
        open / closed
        ancient / modern
        modern / ancient medieval
        medieval / modern
        """

    /// A line is things of one kind, of which a text that tells of one does not tell of another.
    static let englishSiblings = """
        january, february, march, april, may, june, july, august, september, october, november, december
        monday, tuesday, wednesday, thursday, friday, saturday, sunday
        north, south, east, west
        spring, summer, autumn, winter
        french, german, english, british, dutch, spanish, italian, portuguese, belgian, swiss, austrian, \
        polish, russian, swedish, danish, norwegian, irish, scottish, greek, turkish, american, canadian, \
        mexican, chinese, japanese, korean, indian, australian, african, asian, european, israeli, egyptian, \
        iranian, arab, jewish, roman, norman
        france, germany, england, britain, netherlands, spain, italy, portugal, belgium, switzerland, austria, \
        poland, russia, sweden, denmark, norway, ireland, scotland, wales, greece, turkey, canada, mexico, \
        china, japan, korea, india, australia, egypt, iran, iraq, israel, brazil
        christian, muslim, jewish, hindu, buddhist, catholic, protestant, orthodox
        christianity, islam, judaism, hinduism, buddhism, catholicism
        red, blue, green, yellow, black, white, orange, purple, brown, gold, silver
        gold, silver, bronze, copper, iron, steel, wood, lead, tin
        army, navy, marine, airforce
        father, mother, son, daughter, brother, sister, uncle, nephew, wife, husband, grandfather, cousin
        king, queen, prince, duke, emperor, president, governor, mayor, minister
        oxygen, hydrogen, nitrogen, carbon, helium, methane, ozone
        bacterium, virus, fungus, parasite
        oil, gas, coal, nuclear, solar, wind
        bitcoin, ethereum, solana
        water, air, fire, earth
        plant, animal, insect, bird, fish, mammal, reptile
        dog, cat, horse, cow, sheep, pig
        football, basketball, baseball, hockey, tennis, soccer
        physics, chemistry, biology, mathematics, medicine, geology, economics, law, history, psychology, \
        astronomy, philosophy
        television, radio, newspaper, internet, magazine, film
        car, train, ship, plane, bus, tram
        primary, secondary, tertiary
        house, senate
        inflation, unemployment
        rain, snow, wind, flood, drought, earthquake, hurricane
        tea, coffee, wine, beer
        wheat, rice, corn, cotton
        acre, mile, kilometer, meter, foot, hectare
        minute, hour, day, week, month, year, decade, century
        daily, weekly, monthly, yearly, annual
        hundred, thousand, million, billion, trillion
        artist, architect, engineer, scientist, lawyer, doctor, teacher, writer, soldier, priest, judge, farmer
        construction, design, manufacturing, mining, agriculture, tourism, finance
        earth, moon, sun, mars, venus, mercury, jupiter
        heart, lung, brain, liver, stomach, skin, bone, blood
        breakfast, lunch, dinner
        apple, google, microsoft, amazon, meta, nvidia, openai
        first, second, third, fourth, fifth, sixth, seventh, eighth, ninth, tenth
        one, two, three, four, five, six, seven, eight, nine, ten
        """
}
