import Foundation

/// Addresses as feeds and pages write them.
enum WebAddress {
    /// The address made absolute by where it stands; as it is where that cannot be done.
    static func resolved(_ address: String, against base: String?) -> String {
        let address = address.trimmingCharacters(in: .whitespacesAndNewlines)
        guard let base, !address.isEmpty, !isAbsolute(address) else { return address }
        guard let root = URL(string: base, encodingInvalidCharacters: true),
            let url = URL(string: address, relativeTo: root)
                ?? URL(string: escaped(address), relativeTo: root)
        else { return address }
        return url.absoluteString
    }

    /// Whether it begins with a scheme.
    static func isAbsolute(_ address: String) -> Bool {
        guard let colon = address.firstIndex(of: ":") else { return false }
        let scheme = address[..<colon]
        return scheme.first?.isLetter == true
            && scheme.utf8.allSatisfy {
                0x30...0x39 ~= $0 || 0x41...0x5A ~= $0 || 0x61...0x7A ~= $0 || $0 == 0x2B || $0 == 0x2D
                    || $0 == 0x2E
            }
    }

    /// The address of a web page without what only tells where a reader came from.
    ///
    /// Fragments stay: single-page sites have their articles there. What is no web address is left as it is.
    static func canonical(_ address: String) -> String {
        guard var parts = URLComponents(string: address), let scheme = parts.scheme?.lowercased(),
            scheme == "http" || scheme == "https", let host = parts.host
        else { return address }
        parts.scheme = scheme
        parts.host = host.lowercased()
        if let items = parts.percentEncodedQueryItems {
            let kept = items.filter { !isTracking($0.name.lowercased()) }
            if kept.count != items.count { parts.percentEncodedQueryItems = kept.isEmpty ? nil : kept }
        }
        return parts.string ?? address
    }

    private static func isTracking(_ name: String) -> Bool {
        prefixes.contains { name.hasPrefix($0) } || names.contains(name)
    }

    private static func escaped(_ address: String) -> String {
        address.addingPercentEncoding(
            withAllowedCharacters: .urlFragmentAllowed.union(CharacterSet(charactersIn: "#%")))
            ?? address
    }

    /// What campaigns, networks and mailers put behind addresses; none of them chooses what is shown.
    private static let prefixes = [
        "utm_", "mtm_", "pk_", "hsa_", "at_medium", "at_campaign", "vero_", "oly_",
    ]
    private static let names: Set = [
        "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "twclid", "igshid", "igsh",
        "mc_cid",
        "mc_eid", "yclid", "ysclid", "_hsenc", "_hsmi", "mkt_tok", "cmpid", "s_cid", "wt_mc", "wt.mc_id",
        "ns_campaign",
        "ns_mchannel", "ns_source", "xtor", "__twitter_impression", "spm", "guccounter", "guce_referrer",
        "_openstat",
        "rb_clickid", "ttclid", "li_fat_id", "epik",
    ]
}
