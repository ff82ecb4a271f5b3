import Mustache

/// What a template is filled with, by name.
///
/// The template library asks each value what it is. A type of its own answers soon, while a dictionary's takes several
/// times as long as looking the value up, and a template has so few that they are looked through one by one.
struct TemplateValues: MustacheParent, ExpressibleByDictionaryLiteral {
    private var values: [(name: String, value: Any)]

    init(dictionaryLiteral elements: (String, Any)...) { values = elements.map { ($0.0, $0.1) } }

    /// The value of a name; nil where there is none.
    subscript(name: String) -> Any? {
        get { values.first { $0.name == name }?.value }
        set {
            values.removeAll { $0.name == name }
            if let newValue { values.append((name, newValue)) }
        }
    }

    func child(named name: String) -> Any? { self[name] }
}
