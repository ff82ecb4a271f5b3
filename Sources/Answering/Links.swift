/// Finds what a chat or a browser would make a link of.
enum Links {
    /// The links of a text: addresses with and without a scheme, mail addresses, and names of hosts.
    ///
    /// - Complexity: O(length).
    static func all(in text: String) -> [String] {
        // Full-width letters and marks make links as well.
        let narrow = String(
            String.UnicodeScalarView(
                text.unicodeScalars.map { scalar in
                    let value = scalar.value
                    if (0xFF01...0xFF5E).contains(value) {
                        return Unicode.Scalar(value - 0xFEE0) ?? scalar
                    }
                    return value == 0x3002 || value == 0xFF61 ? " " : scalar
                }))
        return narrow.split { !$0.isASCII || $0.isWhitespace || "\"'()<>[]{}|,;".contains($0) }
            .map { $0.trimming { ".!?:*_`~".contains($0) } }
            .filter { isLink($0) }.map(String.init)
    }

    private static func isLink(_ piece: Substring) -> Bool {
        let lowered = piece.lowercased()
        if lowered.contains("://") || lowered.hasPrefix("www.") { return true }
        if schemes.contains(where: lowered.hasPrefix) { return true }
        let host = piece.split(separator: "@").last ?? piece
        let labels = host.prefix { !"/?#:".contains($0) }.split(
            separator: ".", omittingEmptySubsequences: false)
        guard labels.count >= 2, let top = labels.last, top.count >= 2, top.allSatisfy(\.isLetter),
            labels.allSatisfy({ label in
                !label.isEmpty && label.allSatisfy { $0.isLetter || $0.isNumber || $0 == "-" }
            })
        else { return false }
        // "ended.The" is a space that was forgotten.
        let isTyping = top.first?.isUppercase == true && top.dropFirst().allSatisfy(\.isLowercase)
        return !isTyping || commonDomains.contains(top.lowercased())
    }

    private static let schemes = ["mailto:", "tel:", "data:", "javascript:", "tg:", "intent:", "file:"]
    private static let commonDomains: Set<String> = [
        "com", "org", "net", "io", "co", "info", "biz", "xyz", "top", "app", "dev", "ai", "me", "cn", "tw",
        "hk", "ru",
        "example", "site", "online", "shop", "club", "link", "click",
    ]
}

extension StringProtocol where SubSequence == Substring {
    /// The text without the marks that it begins and ends with.
    func trimming(_ isMark: (Character) -> Bool) -> Substring {
        var text = self[...]
        while let last = text.last, isMark(last) { text.removeLast() }
        while let first = text.first, isMark(first) { text.removeFirst() }
        return text
    }
}
