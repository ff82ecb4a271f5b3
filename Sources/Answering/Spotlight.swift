import Text

/// Keeps what articles say apart from what a model is told.
///
/// Articles come from anywhere, and some speak to the machines that read them. Their text goes to a model between
/// delimiters that it cannot forge (spotlighting, Hines et al. 2024), and paragraphs that give a machine orders are held
/// back altogether: no reader asks for them, and what a model copies from them would be "in the source".
enum Spotlight {
    /// A mark for the delimiters of one prompt, which no article can know.
    static func mark(using generator: inout some RandomNumberGenerator) -> String {
        let letters = Array("abcdefghjkmnpqrstuvwxyz23456789")
        return String((0..<8).compactMap { _ in letters.randomElement(using: &generator) })
    }

    /// Text that cannot forge a citation or a delimiter, and hides nothing from a human reader.
    ///
    /// - Complexity: O(length).
    static func quoted(_ text: String) -> String {
        var result = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "[", "【", "［": result.append("(")
            case "]", "】", "］": result.append(")")
            case "<", "＜": result.append("‹")
            case ">", "＞": result.append("›")
            default: if !isInvisible(scalar) { result.unicodeScalars.append(scalar) }
            }
        }
        return result
    }

    /// Whether a sentence of an article speaks to the machine that reads it.
    ///
    /// It errs towards yes: a paragraph that is held back costs an answer a detail at most.
    static func addressesModel(_ sentence: String) -> Bool {
        let hides = sentence.unicodeScalars.contains(where: isInvisible)
        let visible =
            hides
            ? String(String.UnicodeScalarView(sentence.unicodeScalars.lazy.filter { !isInvisible($0) }))
            : sentence
        let plain = PlainText(visible)
        if plain.contains(orders) { return true }
        if plain.contains(dismissals), plain.contains(rules) { return true }
        if plain.begins(with: imperatives) { return true }
        return roles.occur(in: Array(visible.lowercased().utf8)) || hasEncodedRun(visible)
    }

    /// Whether a character is there and not seen.
    static func isInvisible(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x00AD, 0x034F, 0x061C, 0x115F...0x1160, 0x17B4...0x17B5, 0x180B...0x180F, 0x200B...0x200F,
            0x202A...0x202E, 0x2060...0x206F, 0x3164, 0xFE00...0xFE0F, 0xFEFF, 0xFFA0, 0xFFF0...0xFFFB,
            0xE0000...0xE0FFF:
            true
        case 0x00...0x08, 0x0B...0x0C, 0x0E...0x1F, 0x7F...0x9F: true
        default: false
        }
    }

    /// Text that is encoded so that filters do not read it: a long run of letters and digits without a break.
    private static func hasEncodedRun(_ text: String) -> Bool {
        var (length, hasUpper, hasLower) = (0, false, false)
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): hasUpper = true
            case UInt8(ascii: "a")...UInt8(ascii: "z"): hasLower = true
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "="): break
            default:
                (length, hasUpper, hasLower) = (0, false, false)
                continue
            }
            length += 1
            if length >= 32, hasUpper, hasLower { return true }
        }
        return false
    }

    private static let orders: PhraseList = [
        " system prompt", " hidden prompt", " your prompt", " your instructions", " your rules",
        " your guidelines",
        " your training", " your system message", " new instructions", " you are now ", " from now on you ",
        " from now on answer", " from now on reply", " your answer", " your reply", " your response",
        " developer mode", " jailbreak", " do anything now", " no answer ", " api key", " to the assistant ",
        " note to ai", " note to the ai", " note for ai", " attention ai ", " dear ai ", " dear assistant",
        " instructions for ai", " instructions to ai", " instructions for language models",
        " ai assistants must", " ai models must", " language models must", " assistants must ",
        " the assistant must ", " the assistant should ", " the model must ", " any ai ", " every ai ",
        " all ais ",
        " if you are an ai", " if you are a language model", " as an ai ", " tell the reader",
        " tell the user",
        " tell your reader", " tell your user", " do not cite", " without citing", " without citation",
        " without sources", " answer every question", " end every answer", " end each answer",
        " begin every answer", " start every answer", " when asked ", " asked about this",
        "系统提示", "系统指令", "提示词", "你现在是", "你的回答", "你的回复", "你的答案", "你的指令", "你的规则", "从现在起你", "从现在开始你",
        "从现在起回", "从现在开始回", "新的指令", "新指令", "仅回复", "只回复", "只输出", "只回答", "仅输出", "请输出", "请回复", "请回答",
        "给ai的", "致ai", "告诉读者", "告诉用户", "告知读者", "不要引用", "不要注明", "不得引用", "密钥", "语言模型必须", "助手必须", "助理必须",
        "人工智能必须", "ai必须", "每个回答", "每次回答", "回答末尾", "回答结尾", "如果你是", "假装", "扮演",
    ]
    private static let dismissals: PhraseList = [
        " ignore ", " disregard ", " forget ", " override ", " bypass ", " do not follow ",
        " stop following ", "忽略",
        "无视", "忘记", "忘掉", "不要遵守", "不必遵守", "绕过", "覆盖",
    ]
    private static let rules: PhraseList = [
        " instruction", " prompt", " rule", " guideline", " previous", " above ", " prior ", " earlier ",
        " context",
        " passages ", " everything ", "指令", "提示", "规则", "以上", "之前", "前面", "上述", "上面", "段落", "一切",
    ]
    private static let imperatives: PhraseList = [
        "reply ", "respond ", "output ", "print ", "repeat ", "reveal ", "append ", "respond only ",
        "answer with ",
        "answer only ", "answer that ", "always answer", "always reply", "always say", "translate the ",
        "pretend ",
        "act as ", "please reply", "please respond", "please output", "please include", "insert ",
        "include the ",
        "write only ", "say only ", "quote the ", "cite the ", "cite this ", "execute ",
    ]
    private static let roles: PhraseList = [
        "<|", "|>", "[inst]", "[/inst]", "<<sys>>", "### instruction", "### system", "### response",
        "system:",
        "assistant:", "user:", "human:", "</passage", "<passage", "系統：", "系统：", "助手：", "助理：",
    ]
}
