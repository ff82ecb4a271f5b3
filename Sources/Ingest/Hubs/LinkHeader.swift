/// Reads `Link` headers (RFC 8288, section 3): `<https://hub.example/>; rel="hub", </feed>; rel=self`.
enum LinkHeader {
    /// One link: where to, and what it is.
    struct Link: Hashable {
        var target: String
        /// The relations in lower case.
        var relations: Set<String>
    }

    /// The links of the headers, in order; what cannot be read ends a header.
    static func links(in headers: [String]) -> [Link] {
        headers.flatMap { header in
            var links: [Link] = []
            var rest = header[...]
            while let open = rest.firstIndex(of: "<"), let close = rest[open...].firstIndex(of: ">") {
                let target = String(rest[rest.index(after: open)..<close])
                rest = rest[rest.index(after: close)...]
                var relations: Set<String> = []
                while let (name, value) = parameter(&rest) {
                    // Only the first relation of a link counts (RFC 8288, 3.3).
                    guard name == "rel", relations.isEmpty else { continue }
                    relations = Set(value.lowercased().split(whereSeparator: \.isWhitespace).map(String.init))
                }
                links.append(Link(target: target, relations: relations))
            }
            return links
        }
    }

    /// The next parameter of a link; nil at the link's end.
    private static func parameter(_ rest: inout Substring) -> (name: String, value: String)? {
        rest = rest.drop(while: \.isWhitespace)
        guard rest.first == ";" else { return nil }
        rest = rest.dropFirst().drop(while: \.isWhitespace)
        let name = rest.prefix { !"=;,".contains($0) }
        rest = rest[name.endIndex...]
        var value = ""
        if rest.first == "=" {
            rest = rest.dropFirst().drop(while: \.isWhitespace)
            if rest.first == "\"" {
                rest = rest.dropFirst()
                while let character = rest.popFirst(), character != "\"" {
                    if character == "\\", let escaped = rest.popFirst() {
                        value.append(escaped)
                    } else {
                        value.append(character)
                    }
                }
            } else {
                let token = rest.prefix { !";,".contains($0) }
                rest = rest[token.endIndex...]
                value = String(token)
            }
        }
        return (name.filter { !$0.isWhitespace }.lowercased(), value)
    }
}
