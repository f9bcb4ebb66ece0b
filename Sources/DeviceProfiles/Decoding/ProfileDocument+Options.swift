import DriverAPI
import YAML

extension ProfileDocument {
    /// The values of all options: the site file's texts read by their types, defaults for the rest.
    ///
    /// Throws the first problem: unknown names in alphabetical order, then the options in the order of the profile.
    public func optionValues(_ written: [String: String]) throws(OptionProblem) -> [String: Value] {
        let names = profile.options.map(\.name)
        for name in written.keys.sorted() where !names.contains(name) {
            throw .unknown(name, nearest: closest(to: name, among: names), known: names)
        }
        var values: [String: Value] = [:]
        for option in profile.options {
            guard let text = written[option.name] else {
                guard let value = option.defaultValue else {
                    throw .missing(option: option.name, allowed: option.allowed)
                }
                values[option.name] = value
                continue
            }
            do throws(ValueProblem) {
                values[option.name] = try ValueText.answer(text, to: option)
            } catch {
                throw .wrong(option: option.name, error, allowed: option.allowed)
            }
        }
        return values
    }
}
