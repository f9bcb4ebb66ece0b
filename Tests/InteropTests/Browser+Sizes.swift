import Testing

extension Browser {
    /// Looks at the page on a phone and on a desktop, by day and by night: nothing is cut off, and all can be read.
    func fitsEverywhere(_ look: (_ scheme: String, _ width: Int) async throws -> Void) async throws {
        for scheme in ["light", "dark"] {
            for width in [390, 1280] {
                try await size(width, scheme)
                try await wait(for: "\(width)", "return String(innerWidth)")
                let scroll = try await self.look("return String(document.documentElement.scrollWidth)")
                #expect(scroll == "\(width)", "\(scheme), \(width) px")
                #expect(try await contrast() == [], "\(scheme), \(width) px")
                try await look(scheme, width)
            }
        }
    }
}
