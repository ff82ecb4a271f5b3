extension LexiconTables {
    /// A line is a group of Chinese words that news uses for the same thing, in any script; folded when read.
    static let chineseSynonyms = """
        国家, 国, 各国
        商用, 商业用途, 商业使用
        公司, 企业, 集团, 厂商
        收购, 买下, 并购, 购买, 收购案
        宣布, 公布, 发布, 宣告, 公告
        推出, 发布, 发表, 上线, 亮相, 推出了, 问世
        介绍, 展示, 发表, 演示
        用户, 使用者, 客户, 用戶, 訂閱者
        方案, 版本, 计划, 套餐, 服务, 版
        依赖, 依靠, 仰赖, 倚赖
        首席执行官, 执行长, 行政总裁, ceo, 总裁, 执行官
        首席技术官, 技术长, cto, 技术总监
        主席, 董事长, 会长
        担任, 出任, 接任, 继任, 任
        接任, 继任, 接替, 取代, 接手, 接棒
        辞职, 辞任, 请辞, 辞去, 下台
        解雇, 罢免, 免职, 开除, 撤换, 解除
        黑客, 骇客, 入侵, 攻击, 被盗, 遭窃, 盗取, 失窃
        被盗, 失窃, 盗走, 遭窃, 窃取, 偷走, 被偷, 偷, 盗取, 窃案
        故障, 中断, 宕机, 当机, 瘫痪, 停摆, 异常
        崩溃, 当机, 蓝屏, 死机
        错误, 缺陷, 漏洞, 瑕疵
        原因, 缘故, 起因, 理由, 导致
        影响, 波及, 冲击, 受影响
        判刑, 判处, 刑期, 监禁, 徒刑, 入狱
        没收, 追缴, 充公
        价格, 售价, 价钱, 定价, 发行价
        成本, 费用, 代价, 手续费
        金额, 款项, 资金, 钱
        投资者, 投资人, 投资方, 股东, 出资方
        投资, 注资, 出资, 入股
        融资, 募资, 筹资, 集资
        估值, 市值, 价值
        降低, 减少, 下降, 削减, 缩减
        增加, 提高, 上升, 增长, 提升, 上调
        下跌, 跌, 大跌, 暴跌, 重挫, 蒸发, 下挫
        上涨, 涨, 大涨, 飙升
        部署, 架设, 运行, 运作, 托管
        合作, 协作, 携手, 结盟, 伙伴
        协议, 合约, 合同, 协定, 交易
        签署, 签订, 签字, 签约, 签下
        批准, 核准, 通过, 获批, 准许
        法律, 法案, 法规, 法令, 条例
        法官, 裁决, 判决
        裁定, 判定, 裁决, 判决, 认定
        起诉, 控告, 诉讼, 提告, 案件
        指控, 指责, 归咎, 认定
        投票, 表决
        上市, 挂牌, 首次公开募股, ipo, 公开发行
        收盘, 收市, 收报
        股价, 股票, 股份
        交易所, 交易平台
        加密货币, 虚拟货币, 数字货币, 加密资产
        比特币, btc
        以太坊, 以太币, 乙太坊, 乙太币, eth
        稳定币, 稳定幣
        减半, 减半了
        奖励, 区块奖励, 回报, 酬劳
        区块, 区块高度
        升级, 更新, 改进
        合并, 整合
        共识机制, 工作量证明, 权益证明
        能耗, 耗电, 能源消耗, 用电, 耗能
        软件, 软体
        网络, 网路
        数据, 资料, 数据资料
        人工智能, 人工智慧, ai
        服务器, 伺服器
        芯片, 晶片, 半导体, 显卡
        手机, 智能手机, 智慧型手机
        电脑, 计算机, 设备, 装置, 机器
        程序, 程式, 应用, app
        开源, 开放源代码, 开放原始码, 授权
        许可, 授权, 许可证, 授权条款, 牌照
        模型, 大模型, 语言模型
        推理, 推理模型
        语音, 声音, 音频, 音讯
        图像, 影像, 视觉, 图片
        免费, 免费版
        普通用户, 一般用户, 免费用户
        独家, 排他, 专属
        董事会, 董事, 理事会
        临时, 代理, 暂代, 过渡
        航空公司, 航空, 航班
        医院, 医疗
        银行, 金融机构
        破产, 破产保护, 第11章, 倒闭
        创始人, 创办人, 联合创始人, 创立者
        搜索, 搜寻, 搜索引擎
        垄断, 独占, 独占者, 垄断者, 反垄断
        司法部, 检方, 检察官
        联邦调查局, fbi
        朝鲜, 北韩
        地点, 位置, 位于, 所在地
        时间, 日期
        总统, 元首
        众议院, 众院
        参议院, 参院
        美国证券交易委员会, 证券交易委员会, 美国证监会, 证监会, sec
        首次, 第一次, 首个, 首家
        最大, 最高, 史上最大
        未来, 将来, 今后, 往后, 日后
        可能, 或许, 也许
        察觉, 感觉, 注意到, 感受到, 发现
        确认, 证实, 核实
        否认, 驳斥
        风险, 危险, 隐患
        韧性, 稳定性, 弹性, 可靠性
        地区, 区域, 范围
        支持, 支援
        全球, 世界, 全世界
        新闻, 消息, 报道, 报导
        """

    /// Chinese words and what English news calls them; both sides may name several.
    static let glossary = """
        国家, 国 = country, nation
        公司, 企业 = company, firm
        平台 = platform
        云平台, 云端平台 = cloud platform, cloud
        云, 云端, 云计算, 云服务 = cloud
        云服务商, 云供应商 = cloud provider, cloud
        服务 = service
        部署 = deploy, deployment
        运行, 运作 = run, operate
        多云 = multi-cloud
        供应商, 提供商 = provider, supplier
        合作, 合作伙伴, 伙伴 = partner, partnership, cooperation, collaboration
        投资者, 投资人, 投资方 = investor
        投资 = investment, invest
        主要 = main, major
        依赖 = reliance, rely, depend, dependence
        降低, 减少 = reduce, cut
        分散 = diversify
        风险 = risk
        单一, 单点 = single
        次级处理者, 子处理者, 次处理者, 分包处理者 = sub processor, subprocessor
        名单, 清单, 列表 = list
        企业版 = enterprise edition, enterprise
        教育版 = education edition, education
        团队版 = team edition, team
        免费版 = free version, free
        免费用户 = free user, free
        免费 = free
        付费 = paid
        方案, 版本, 版 = plan, edition, version, tier
        用户, 使用者 = user, customer, subscriber
        订阅, 订阅者 = subscription, subscriber
        普通用户, 一般用户 = general user, user
        察觉, 注意到, 感觉 = notice
        区别, 差别, 差异 = difference
        切换 = switch
        后端, 后台 = backend
        基础设施 = infrastructure
        意义 = significance
        分析 = analysis
        韧性, 弹性 = resilience, resiliency
        稳定性 = stability
        议价能力 = bargaining power
        竞争 = competition, compete
        对手, 竞争对手 = rival, competitor
        资源 = resource
        算力 = compute, computing
        架构 = architecture
        战略, 策略 = strategy
        时代 = era
        生态系统, 生态 = ecosystem
        扩展, 扩大, 拓展 = expand, extend
        未来, 将来 = future
        确认, 证实 = confirm
        宣布, 公布 = announce, announcement
        推出, 发布 = launch, release, introduce
        发表, 展示 = present, unveil
        收购 = acquire, acquisition, buy, purchase
        出售 = sell, sale
        合并 = merger, merge
        升级 = upgrade
        更新 = update
        上市 = public, listing, ipo
        首次公开募股 = ipo
        收盘 = close, closed
        发行价 = price, priced, issue price, offering price
        定价 = price, priced
        收盘价 = closing price, close
        位于, 坐落, 设在 = located, location, situated, based
        代表 = stand for, represent, mean
        偿付能力 = solvent, solvency
        总量 = total, supply
        上限 = maximum, cap, limit, ceiling
        抓到, 抓获, 捉到 = catch, arrest
        价格 = price
        多少钱 = price, cost
        费用, 手续费 = fee
        成本 = cost
        金额, 资金 = money, fund, amount
        现金 = cash
        融资 = funding, raise
        估值 = valuation
        市值 = market value, market cap
        领投 = led
        参与 = took part, participate, join
        股份, 持股 = stake, hold, share
        股价, 股票 = share, stock
        下跌, 大跌, 暴跌 = fall, fell, drop
        上涨 = rise, rose
        交易 = deal, trade, trading, transaction
        协议, 合约 = agreement, deal, contract
        签署, 签订 = sign, signed
        签署成法, 成为法律 = signed into law
        法案, 法律 = act, law, bill
        众议院 = house
        参议院 = senate
        投票, 表决 = vote
        总统 = president
        监管 = regulation, regulator
        批准, 核准, 获批 = approve, approval
        现货 = spot
        基金 = fund
        交易所买卖基金, 交易所交易基金 = etf
        主席 = chair, chairman
        董事会 = board
        董事 = director
        首席执行官, 执行长, 行政总裁 = ceo, chief executive
        首席技术官, 技术长 = cto, chief technology officer
        总裁 = president
        临时, 代理 = interim
        罢免, 解雇, 免职, 解职 = remove, oust, fire, dismiss
        辞职, 辞任 = resign
        接任, 继任 = succeed, successor, replace
        回归, 复职, 重返 = return, back
        创始人, 创办人 = founder
        创办, 创立, 创建 = found, founder, establish
        破产 = bankruptcy, bankrupt
        破产保护 = chapter 11, bankruptcy
        申请 = file, filed, apply
        判刑, 判处, 刑期 = sentence, sentenced
        监禁, 入狱, 坐牢 = prison, jail
        没收 = forfeiture, forfeit
        法官 = judge
        法院 = court
        地方法院 = district court
        裁定, 判决, 裁决 = rule, ruling, ruled
        垄断, 垄断者 = monopoly, monopolist
        反垄断 = antitrust
        搜索 = search
        司法部 = justice department, department of justice
        起诉, 提告, 诉讼 = sue, case, lawsuit
        黑客, 骇客 = hacker, hack
        被盗, 失窃, 盗走, 遭窃, 被偷, 偷 = steal, stolen, hack
        攻击 = attack
        交易所 = exchange
        加密货币 = cryptocurrency, crypto
        区块链 = blockchain
        区块 = block
        比特币 = bitcoin, btc
        以太坊 = ethereum
        以太币 = ether, eth
        稳定币 = stablecoin
        减半 = halving, halve
        奖励 = reward
        矿工 = miner
        挖矿 = mining
        验证者, 验证人 = validator
        余额 = balance
        工作量证明 = proof of work
        权益证明 = proof of stake
        能源, 能耗, 耗电, 用电 = energy
        消耗 = consumption, use
        第二层, 二层 = layer-2, layer 2
        故障, 宕机, 中断, 当机 = outage, crash
        错误 = error, fault
        原因 = reason, cause
        为什么 = why
        影响 = effect, impact, affect, hit
        受影响 = affected, hit
        设备, 装置, 电脑 = device, machine, computer
        航空公司 = airline
        医院 = hospital
        银行 = bank
        域名系统 = dns
        数据中心 = data center
        地点 = site, location
        模型 = model
        推理 = reasoning, inference
        许可证, 授权, 许可, 授权条款 = licence, license
        开源 = open source
        人工智能 = artificial intelligence, ai
        聊天机器人 = chatbot
        语音, 声音 = voice, audio
        图像, 视觉 = image, vision
        文本, 文字 = text
        芯片 = chip
        手机 = phone
        软件 = software
        网络 = network
        安全 = security, safety
        隐私 = privacy
        数据 = data
        首次, 第一家, 首家 = first
        最大 = largest, biggest
        全球, 世界 = global, world
        预览, 研究预览 = preview, research preview
        使用 = use
        需要, 要求 = need, require
        支持 = support
        集成, 整合 = integrate
        独家 = exclusive, exclusivity
        优先购买权, 优先承购权, 优先权 = right of first refusal, first refusal
        购买 = buy, purchase
        持有 = hold
        重组, 资本重组 = recapitalisation, recapitalise, recapitalization, restructuring
        范围 = scope, range, area
        包括, 包含, 涵盖, 覆盖 = cover, include
        支援 = support
        版本 = edition, version
        名册 = list, register
        列出, 列入, 列为 = list
        扩展到, 扩及 = expand
        留意, 发觉, 察觉到 = notice
        不同 = difference, different
        原本, 原来, 过去 = past, long, previously, originally
        长期 = long, long-term
        仰赖, 依靠 = rely, reliance, depend, dependent
        云服务 = cloud, cloud service
        合同, 契约 = contract, agreement, deal
        到期 = expire, expiry
        续约 = renew, extend
        付给, 支付, 付 = pay, paid
        付款 = payment
        花费, 支出, 开支 = spend, spending, expenditure
        收入, 营收 = revenue, income
        利润, 盈利, 获利 = profit
        亏损, 损失 = loss, lose
        债务 = debt
        贷款 = loan
        利率 = interest rate, rate
        通胀, 通货膨胀 = inflation
        经济 = economy, economic
        贸易 = trade
        关税 = tariff
        出口 = export
        进口 = import
        税 = tax
        预算 = budget
        就业 = employment, job
        失业 = unemployment
        裁员 = layoff, job cut, lay off
        员工, 雇员, 职员 = employee, staff, worker
        工人 = worker
        罢工 = strike
        工资, 薪水, 薪资 = wage, salary, pay
        招聘, 聘用, 雇用 = hire, recruit
        任命, 委任 = appoint, name
        提名 = nominate
        领导, 领导人 = leader, lead
        经理 = manager
        发言人 = spokesperson, spokesman, spokeswoman
        专家 = expert
        分析师 = analyst
        研究 = research, study
        研究人员, 研究者 = researcher
        科学家 = scientist
        大学 = university
        学校 = school
        学生 = student
        老师, 教师 = teacher
        教育 = education
        医生 = doctor
        病人, 患者 = patient
        疾病 = disease
        病毒 = virus
        疫苗 = vaccine
        疫情 = pandemic, epidemic, outbreak
        药物, 药 = drug, medicine
        健康 = health
        死亡, 死者, 丧生 = death, die, dead, kill
        受伤, 伤者 = injure, injury, hurt, wound
        事故, 意外 = accident, crash
        灾难 = disaster
        地震 = earthquake, quake
        台风 = typhoon
        洪水, 水灾 = flood
        火灾, 大火 = fire, blaze
        气候 = climate
        天气 = weather
        污染 = pollution
        排放 = emission
        环境 = environment
        石油 = oil
        天然气 = gas
        电力 = power, electricity
        核电 = nuclear power
        电动车 = electric vehicle, electric car
        汽车, 车 = car, vehicle
        飞机, 客机 = plane, aircraft, jet
        机场 = airport
        航班 = flight
        火车, 列车 = train
        铁路 = railway, rail
        船, 船只 = ship, vessel, boat
        警方, 警察 = police
        逮捕, 拘捕 = arrest
        调查 = investigation, investigate, probe
        嫌犯, 嫌疑人 = suspect
        罪名, 指控 = charge, accuse, allege
        认罪 = plead guilty
        有罪, 定罪 = guilty, convict
        律师 = lawyer, attorney
        陪审团 = jury
        上诉 = appeal
        罚款 = fine, penalty
        赔偿 = compensation, damages
        和解 = settlement, settle
        禁止, 禁令 = ban, prohibit
        允许 = allow, permit
        限制 = limit, restrict, restriction
        规定, 法规 = rule, regulation
        政策 = policy
        政府 = government
        总理, 首相 = prime minister
        部长 = minister, secretary
        外交部 = foreign ministry
        国会, 议会 = congress, parliament
        议员 = lawmaker, senator, representative
        参议员 = senator
        选举, 大选 = election
        候选人 = candidate
        政党 = party
        抗议, 示威 = protest, demonstration
        战争 = war
        冲突 = conflict
        军队, 军方 = army, military
        士兵 = soldier
        导弹 = missile
        武器 = weapon
        停火 = ceasefire
        和平 = peace
        谈判 = negotiate, negotiation, talks
        条约 = treaty
        制裁 = sanction
        难民 = refugee
        边境 = border
        移民 = immigrant, immigration
        人口 = population
        城市 = city
        首都 = capital
        地区, 区域 = region, area
        总部 = headquarters, headquartered
        办公室 = office
        工厂 = factory, plant
        商店 = store, shop
        餐厅 = restaurant
        客户, 顾客 = customer, client
        消费者 = consumer
        市场 = market
        行业, 产业 = industry
        部门 = department, division, unit
        业务 = business
        品牌 = brand
        产品 = product
        技术, 科技 = technology, technical
        系统 = system
        功能 = feature, function
        工具 = tool
        应用, 应用程序 = app, application
        网站 = website, site
        互联网, 网际网路 = internet
        社交媒体 = social media
        媒体 = media
        账号, 账户 = account
        密码 = password
        漏洞 = vulnerability, flaw, bug
        诈骗, 欺诈 = fraud, scam
        机器人 = robot
        自动驾驶 = self-driving, autonomous
        量子 = quantum
        卫星 = satellite
        火箭 = rocket
        太空, 航天 = space
        任务 = mission, task
        发射 = launch
        月球 = moon
        火星 = mars
        实验 = experiment, test
        测试 = test
        训练 = training, train
        数学 = math, mathematics
        能力 = ability, capability, capacity
        性能, 表现 = performance
        速度 = speed
        效率 = efficiency
        优化 = optimization, optimize, improve
        提升, 提高, 增强 = enhance, improve, increase, raise
        改善 = improve, improvement
        增加 = increase, add
        下降 = fall, decline, drop, decrease
        控制 = control
        管理 = management, manage
        自主 = independent, independence
        独立 = independent
        主动权, 主导权 = initiative
        信心 = confidence
        优势 = advantage
        好处 = benefit, advantage
        缺点 = drawback, disadvantage
        挑战 = challenge
        机会 = opportunity, chance
        目标 = goal, target, aim
        计划 = plan, program
        项目 = project
        活动 = event, activity
        会议 = meeting, conference
        演讲 = speech
        声明 = statement
        报告 = report
        文件 = document
        信, 信件 = letter
        书 = book
        电影 = film, movie
        音乐 = music
        歌曲 = song
        歌手 = singer
        演员 = actor
        导演 = director
        比赛 = match, game, race
        球队, 队伍 = team
        球员, 选手 = player
        教练 = coach
        冠军 = champion, title
        奖项 = award, prize
        诺贝尔 = nobel
        世界杯 = world cup
        奥运, 奥运会 = olympics, olympic
        足球 = football, soccer
        篮球 = basketball
        赢得, 获胜, 胜利 = win, won, victory
        输, 失败 = lose, lost, fail, failure
        开始, 启动 = start, begin, launch
        结束, 完成 = end, finish, complete
        继续 = continue
        停止, 暂停 = stop, halt, suspend
        取消 = cancel
        推迟, 延迟, 延后 = delay, postpone
        加入 = join
        离开, 离职 = leave, depart
        转向, 转移 = shift, move, switch
        搬到, 迁移 = move, migrate, migration
        开放 = open
        关闭 = close, shut
        建立, 成立, 创立 = found, establish, set up
        建造, 兴建 = build
        生产, 制造 = produce, manufacture, production
        交付 = deliver, delivery
        销售 = sales, sell
        提供 = provide, offer
        接受 = accept
        拒绝 = reject, refuse
        支持者 = supporter
        批评 = criticize, criticism
        警告 = warn, warning
        承认 = admit, acknowledge
        道歉 = apologize, apology
        回应 = respond, response
        要求 = demand, require, request
        同意 = agree
        反对 = oppose, opposition
        决定 = decide, decision
        选择 = choose, choice
        增长, 成长 = growth, grow
        危机 = crisis
        威胁 = threat, threaten
        保护 = protect, protection
        帮助 = help
        贡献 = contribution, contribute
        格局, 局面 = landscape, situation
        战场 = battlefield
        加剧 = intensify
        服务器 = server
        图形处理器 = gpu
        计算, 运算 = computing, compute
        响应 = responsiveness, response
        合规 = compliance, regulatory
        多个, 多家 = multiple, several
        不同地区 = different regions
        年 = year
        天 = day
        人 = people, person
        原告 = plaintiff
        被告 = defendant
        一月 = january
        二月 = february
        三月 = march
        四月 = april
        五月 = may
        六月 = june
        七月 = july
        八月 = august
        九月 = september
        十月 = october
        十一月 = november
        十二月 = december
        下载 = download
        上传 = upload
        商用, 商业用途 = commercial use, commercial
        商业 = commercial, business
        启用, 激活 = activate, launch, enable
        停用, 禁用 = disable, deactivate
        解除 = remove, dismiss, lift
        失去, 丧失 = lose
        权利 = right
        权力 = power
        名字, 名称 = name
        改名, 更名 = rename
        命名 = name
        地址 = address
        记者 = reporter, journalist
        会谈 = talks, meeting
        大会 = conference, assembly
        峰会 = summit
        访问 = visit
        采访 = interview
        无人机 = drone
        袭击 = attack, strike
        大臣 = minister
        外长 = foreign minister
        财长 = finance minister
        市长 = mayor
        州长 = governor
        反对党 = opposition
        民调 = poll
        当选 = elected
        就职 = inauguration, take office
        宪法 = constitution
        证据 = evidence
        证人 = witness
        作证 = testify
        谋杀 = murder
        腐败 = corruption
        贿赂 = bribe, bribery
        洗钱 = money laundering
        监狱 = prison, jail
        保释 = bail
        悔意 = remorse
        股东 = shareholder
        储备 = reserve
        央行 = central bank
        存款 = deposit
        提款, 提取 = withdraw, withdrawal
        转账 = transfer
        衰退 = recession
        需求 = demand
        供应 = supply
        库存 = inventory, stock
        订单 = order
        销量 = sales, sell
        季度 = quarter
        财报 = earnings, results
        股息 = dividend
        创业公司, 初创公司 = startup
        专利 = patent
        版权 = copyright
        商标 = trademark
        决赛 = final
        金牌 = gold medal
        奖牌 = medal
        赛季 = season
        转会 = transfer
        专辑 = album
        演唱会, 音乐会 = concert
        小说 = novel
        作者 = author
        博物馆 = museum
        展览 = exhibition
        游戏 = game
        节目 = show, programme
        算法 = algorithm
        参数 = parameter
        浏览器 = browser
        搜索引擎 = search engine
        操作系统 = operating system
        应用商店 = app store
        补丁 = patch
        帐户, 帐号 = account
        广告 = advertisement, advertising, ad
        视频 = video
        电池 = battery
        屏幕 = screen
        摄像头 = camera
        望远镜 = telescope
        行星 = planet
        论文 = paper
        期刊 = journal
        基因 = gene
        细胞 = cell
        癌症 = cancer
        临床试验 = clinical trial
        副作用 = side effect
        治疗 = treatment, treat
        手术 = surgery, operation
        气温 = temperature
        暴雨 = heavy rain
        飓风 = hurricane
        干旱 = drought
        物种 = species
        房价 = house price
        租金 = rent
        食品 = food
        旅游 = tourism, travel
        游客 = tourist, visitor
        酒店 = hotel
        签证 = visa
        地铁 = metro, subway
        桥 = bridge
        隧道 = tunnel
        恢复 = resume, restore, recover
        超过 = exceed, surpass, pass, overtake, more than
        超越, 超车 = overtake, surpass
        达到 = reach
        击败 = beat, defeat
        呼吁 = call, urge
        承诺 = promise, commit, pledge
        否认 = deny
        参加 = attend, take part
        返回 = return
        发现 = find, discover, discovery
        损坏 = damage
        摧毁 = destroy
        设计 = design
        开发者, 开发人员 = developer
        取代, 替换 = replace
        删除, 移除 = remove, delete
        修复 = fix, repair
        改变, 变化 = change
        拥有 = own
        连接 = connect
        分享 = share
        发送 = send
        收到 = receive
        注册 = register
        登录 = log in
        质押 = stake
        锁定 = lock
        追回 = recover
        条件 = condition
        结果 = result
        历史 = history
        父亲 = father
        母亲 = mother
        儿子 = son
        女儿 = daughter
        妻子 = wife
        丈夫 = husband
        出生 = born
        毕业 = graduate
        结婚 = marry
        救援 = rescue
        接管 = take over
        补救措施, 救济措施 = remedy
        披露, 透露 = disclose, reveal
        感测器, 传感器 = sensor
        设定档, 配置文件 = configuration file
        住处, 住所 = home, residence
        国籍 = nationality
        分公司 = branch
        子公司 = subsidiary
        母公司 = parent company
        合资 = joint venture
        财务长, 首席财务官 = cfo, chief financial officer
        营运长, 首席运营官 = coo, chief operating officer
        实习生 = intern
        志愿者 = volunteer
        居民 = resident
        乘客 = passenger
        司机 = driver
        飞行员 = pilot
        消防员 = firefighter
        护士 = nurse
        农民 = farmer
        消费 = consume, consumption
        邻国 = neighbour
        盟友 = ally
        联盟 = alliance, union, league
        人权 = human rights
        隐私权 = privacy
        言论自由 = free speech
        审查 = review, scrutiny, censorship
        听证会 = hearing
        法庭 = court
        """

    /// The same for names of places, people and organisations, which nothing else can stand for.
    static let nameGlossary = """
        美国 = united states, us, american, america
        英国 = united kingdom, uk, britain
        日本 = japan
        挪威 = norway
        荷兰 = netherlands
        中国 = china, chinese
        台湾 = taiwan
        香港 = hong kong
        韩国, 南韩 = south korea
        朝鲜, 北韩 = north korea
        法国 = france, french
        德国 = germany, german
        意大利 = italy
        西班牙 = spain
        俄罗斯 = russia
        乌克兰 = ukraine
        印度 = india
        加拿大 = canada
        澳大利亚, 澳洲 = australia
        新加坡 = singapore
        欧盟 = european union, eu
        欧洲 = europe
        联合国 = united nations
        纽约 = new york
        华盛顿 = washington
        加州, 加利福尼亚 = california
        得州, 德州, 得克萨斯 = texas
        特拉华, 德拉瓦 = delaware
        阿比林 = abilene
        纽约证券交易所, 纽交所 = new york stock exchange
        谷歌 = google
        谷歌云 = google cloud
        微软 = microsoft
        苹果 = apple
        英伟达, 辉达 = nvidia
        亚马逊 = amazon
        亚马逊云 = aws
        甲骨文 = oracle
        特斯拉 = tesla
        脸书 = facebook
        元宇宙 = metaverse
        推特 = twitter
        软银 = softbank
        三星 = samsung
        台积电 = tsmc
        英特尔 = intel
        字节跳动 = bytedance
        抖音 = tiktok
        阿里巴巴 = alibaba
        腾讯 = tencent
        百度 = baidu
        华为 = huawei
        彭博 = bloomberg
        路透 = reuters
        深度求索 = deepseek
        星门, 星际之门 = stargate
        证券交易委员会, 证交会, 美国证监会 = sec
        联邦调查局 = fbi
        联储局, 美联储 = federal reserve, fed
        特朗普, 川普 = trump
        拜登 = biden
        马斯克 = musk
        奥尔特曼, 奥特曼, 阿尔特曼 = altman
        山姆奥特曼, 萨姆奥尔特曼 = sam altman
        黄仁勋 = jensen huang
        班克曼-弗里德 = bankman-fried
        穆拉蒂 = murati
        根斯勒 = gensler
        以色列 = israel
        巴勒斯坦 = palestine, palestinian
        加沙 = gaza
        伊朗 = iran
        伊拉克 = iraq
        沙特, 沙乌地 = saudi
        土耳其 = turkey
        埃及 = egypt
        南非 = south africa
        巴西 = brazil
        墨西哥 = mexico
        阿根廷 = argentina
        越南 = vietnam
        泰国 = thailand
        马来西亚 = malaysia
        印尼, 印度尼西亚 = indonesia
        菲律宾 = philippines
        巴基斯坦 = pakistan
        瑞士 = switzerland, swiss
        瑞典 = sweden
        芬兰 = finland
        丹麦 = denmark
        波兰 = poland
        希腊 = greece
        葡萄牙 = portugal
        爱尔兰 = ireland
        比利时 = belgium
        奥地利 = austria
        新西兰, 纽西兰 = new zealand
        北京 = beijing
        上海 = shanghai
        台北 = taipei
        东京 = tokyo
        伦敦 = london
        巴黎 = paris
        柏林 = berlin
        莫斯科 = moscow
        旧金山 = san francisco
        洛杉矶 = los angeles
        硅谷, 矽谷 = silicon valley
        习近平 = xi jinping
        普京, 普丁 = putin
        泽连斯基 = zelensky
        索尼 = sony
        丰田 = toyota
        波音 = boeing
        空中客车, 空客 = airbus
        高通 = qualcomm
        网飞 = netflix
        优步 = uber
        领英 = linkedin
        油管 = youtube
        维基百科 = wikipedia
        币安 = binance
        星链 = starlink
        高盛 = goldman sachs
        摩根大通 = jpmorgan
        星巴克 = starbucks
        麦当劳 = mcdonald
        沃尔玛 = walmart
        可口可乐 = coca-cola
        迪士尼 = disney
        """
}
