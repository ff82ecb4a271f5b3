import CXML

extension MarkupElement {
    /// The root of an XML text; nil where there is none.
    ///
    /// A document type declaration is taken out before libxml2 sees the text, names of characters that HTML knows are
    /// resolved, and stray ampersands are kept as such: feeds are full of both.
    ///
    /// - Complexity: O(length).
    public init?(xml text: String) {
        guard let root = Self.read(XMLMending.mended(text), by: shim_read_xml) else { return nil }
        self = root
    }

    /// The root of an HTML text; nil where there is nothing to read.
    ///
    /// - Complexity: O(length).
    public init?(html text: String) {
        let clean = XMLMending.withoutControls(text)
        guard let root = Self.read(clean, by: shim_read_html) else { return nil }
        self = root
    }

    private static func read(
        _ text: String, by parse: (UnsafePointer<CChar>, Int32) -> xmlDocPtr?
    ) -> MarkupElement? {
        _ = libraryIsReady
        var text = text
        guard let length = Int32(exactly: text.utf8.count), length > 0 else { return nil }
        let document = text.withUTF8 { bytes in
            bytes.withMemoryRebound(to: CChar.self) { characters in
                characters.baseAddress.flatMap { parse($0, length) }
            }
        }
        guard let document else { return nil }
        defer { xmlFreeDoc(document) }
        return xmlDocGetRootElement(document).map(element)
    }

    private static func element(_ node: xmlNodePtr) -> MarkupElement {
        var result = MarkupElement(
            name: string(node.pointee.name) ?? "",
            namespace: node.pointee.ns.flatMap { string($0.pointee.href) },
            line: max(1, Int(xmlGetLineNo(node))))
        var attribute = node.pointee.properties
        while let current = attribute {
            let name = string(current.pointee.name) ?? ""
            let prefix = current.pointee.ns.flatMap { string($0.pointee.prefix) }
            result.attributes.append(
                Attribute(
                    name: prefix.map { "\($0):\(name)" } ?? name,
                    value: content(current.pointee.children)))
            attribute = current.pointee.next
        }
        var child = node.pointee.children
        while let current = child {
            switch current.pointee.type {
            case XML_ELEMENT_NODE: result.children.append(.element(element(current)))
            case XML_TEXT_NODE, XML_CDATA_SECTION_NODE:
                if let text = string(current.pointee.content) { result.children.append(.text(text)) }
            default: break
            }
            child = current.pointee.next
        }
        return result
    }

    private static func content(_ first: xmlNodePtr?) -> String {
        var text = ""
        var node = first
        while let current = node {
            text += string(current.pointee.content) ?? ""
            node = current.pointee.next
        }
        return text
    }

    private static func string(_ text: UnsafePointer<xmlChar>?) -> String? {
        text.map { String(cString: $0) }
    }
}

/// libxml2 wants to be set up once, before several threads use it.
private let libraryIsReady: Void = xmlInitParser()
