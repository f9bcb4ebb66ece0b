import DriverAPI
import YAML

extension ProfileCompiler {
    func decodeClass() {
        head.deviceClass = root[text: "class"]?.text.flatMap(DeviceClass.init(rawValue:)) ?? .wallbox
    }

    /// Whether the class could be read; rules of classes are left out otherwise.
    var knowsClass: Bool { root[text: "class"]?.text.flatMap(DeviceClass.init(rawValue:)) != nil }

    func decodeTexts() -> DeviceProfile {
        let title = root[text: "title"].flatMap(localized)
        if let title, let node = root[text: "title"] { checkTitle(title, node) }
        return DeviceProfile(
            id: root[text: "id"]?.text ?? "", version: TextShape.parts(root[text: "version"]?.text ?? "") ?? [],
            deviceClass: head.deviceClass, title: title ?? LocalizedText(""), products: decodeProducts(),
            license: root[text: "license"]?.text ?? "", sources: decodeSources(), notes: decodeNotes(),
            needs: root[text: "needs"]?.texts ?? [])
    }

    private func checkTitle(_ title: LocalizedText, _ node: Node) {
        for (language, text) in title.texts.sorted(by: { $0.key < $1.key }) where text.count > 60 {
            let mark = node[text: language]?.mark ?? node.mark
            report(.text, at: mark, "the title has \(text.count) characters, 60 are the most")
        }
    }

    /// A text, or texts by language.
    func localized(_ node: Node) -> LocalizedText? {
        if let text = node.text { return LocalizedText(text) }
        guard let pairs = node.mapping else { return nil }
        var texts: [String: String] = [:]
        for (language, text) in pairs { texts[language.text ?? ""] = text.text }
        return LocalizedText(texts: texts)
    }

    private func decodeProducts() -> [Product] {
        let nodes = root[text: "products"]?.sequence ?? []
        if nodes.isEmpty, let place = root[text: "products"], place.sequence != nil {
            report(.wrongKind, at: place.mark, "the list of products is empty")
        }
        return nodes.map { node in
            Product(
                brand: node[text: "brand"]?.text ?? "", model: node[text: "model"]?.text ?? "",
                whiteLabelOf: node[text: "white_label_of"]?.text)
        }
    }

    private func decodeSources() -> [Source] {
        let nodes = root[text: "sources"]?.sequence ?? []
        if nodes.isEmpty, let place = root[text: "sources"], place.sequence != nil {
            report(.text, at: place.mark, "the list of sources is empty")
        }
        return nodes.compactMap { node in
            guard let kind = node[text: "kind"]?.text.flatMap(Source.Kind.init(rawValue:)) else { return nil }
            return Source(
                kind: kind, title: node[text: "title"]?.text, url: node[text: "url"]?.text,
                revision: node[text: "revision"]?.text, pages: node[text: "pages"]?.text)
        }
    }

    private func decodeNotes() -> [LocalizedText] {
        guard let node = root[text: "notes"] else { return [] }
        return node.sequence?.compactMap(localized) ?? localized(node).map { [$0] } ?? []
    }
}
