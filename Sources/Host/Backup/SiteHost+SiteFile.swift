import Foundation

extension SiteHost {
    /// Keeps where the site file is, for backups.
    func noteSiteFile() async {
        guard !site.file.isEmpty, FileManager.default.fileExists(atPath: site.file) else { return }
        let path = URL(fileURLWithPath: site.file).standardizedFileURL.path
        guard (try? await storage.setting(Backup.siteFileKey)) != path else { return }
        do {
            try await storage.setSetting(Backup.siteFileKey, to: path)
        } catch {
            log.write(.warning, "where the site file is cannot be stored, so backups will not hold it: \(error)")
        }
    }
}
