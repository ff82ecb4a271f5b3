/// One element of an XML or HTML text with all that is in it.
///
/// The module hides libxml2: bytes or text go in, a tree of values comes out. No DTD is read, no entity is fetched or
/// declared, nothing goes to the network, and no tree is deeper than 256, so that walks may recurse. Faulty markup is
/// mended as far as libxml2 can; a text without any element gives nil.
public struct MarkupElement: Sendable, Hashable {
    /// The name as written, in lower case for HTML, without a prefix where the namespace tells more.
    public var name: String
    /// The address of its namespace; nil where none is declared.
    public var namespace: String?
    /// Its attributes in order.
    public var attributes: [Attribute]
    /// What is in it, in order.
    public var children: [Node]
    /// The line of the text on which it begins, from 1.
    public var line: Int

    /// A name with its value.
    public struct Attribute: Sendable, Hashable {
        /// The name, with its prefix where it has one, such as `xml:base`.
        public var name: String
        /// The value, entities resolved.
        public var value: String
    }

    /// What stands in an element.
    public enum Node: Sendable, Hashable {
        /// An element in the element.
        case element(MarkupElement)
        /// Characters, entities resolved.
        case text(String)
    }

    /// An element made of the given parts.
    public init(
        name: String, namespace: String? = nil, attributes: [Attribute] = [], children: [Node] = [],
        line: Int = 1
    ) {
        (self.name, self.namespace, self.attributes) = (name, namespace, attributes)
        (self.children, self.line) = (children, line)
    }

    /// The value of the attribute of that name; nil where there is none.
    public subscript(name: String) -> String? {
        attributes.first { $0.name == name }?.value
    }

    /// The elements directly in it.
    public var elements: [MarkupElement] {
        children.compactMap { if case .element(let element) = $0 { element } else { nil } }
    }

    /// All its characters one after the other, those of the elements in it included.
    public var text: String {
        var text = ""
        append(to: &text)
        return text
    }

    private func append(to text: inout String) {
        for child in children {
            switch child {
            case .text(let part): text += part
            case .element(let element): element.append(to: &text)
            }
        }
    }

    /// The first element in it, at any depth and in the order of the text, that meets a condition.
    public func first(where condition: (MarkupElement) -> Bool) -> MarkupElement? {
        for element in elements {
            if condition(element) { return element }
            if let found = element.first(where: condition) { return found }
        }
        return nil
    }

    /// Hands over every element in it, in the order of the text.
    public func visit(_ body: (MarkupElement) -> Void) {
        for element in elements {
            body(element)
            element.visit(body)
        }
    }
}
