extension LexiconTables {
    /// A line is a group of Chinese words that news uses for the same thing, in any script; folded when read.
    static let chineseSynonyms = """
        国家, 国, 各国
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
        被盗, 失窃, 盗走, 遭窃, 窃取, 偷走, 盗取
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
        次级处理者, 子处理者, 次处理者, 分包处理者 = sub-processor
        名单, 清单, 列表 = list
        企业版 = enterprise edition, enterprise
        教育版 = education edition, education
        团队版 = team edition, team
        免费版 = free version, free
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
        发行价, 定价 = price, priced
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
        被盗, 失窃, 盗走, 遭窃 = steal, stolen, hack
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
        年 = year
        天 = day
        人 = people, person
        原告 = plaintiff
        被告 = defendant
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
        """
}
