import Foundation
import Host
import Storage

/// The stored sessions, messages and keys of a site, for commands that work beside a running host and without one.
struct SiteBooks {
    /// The data folder.
    let folder: String

    /// The folder that the arguments or the machine tell. Throws ``UsageError`` and ``CommandFailure``.
    init(_ arguments: Arguments) throws {
        folder = try DataFolderChoice.folder(arguments)
        guard FileManager.default.fileExists(atPath: database) else {
            throw CommandFailure(.usage, "\(folder) holds no data of a site; name its folder with --data")
        }
    }

    /// The SQLite file.
    var database: String { folder + "/chargehost.sqlite" }

    /// Whether a host runs on them.
    var isRunning: Bool { DataFolder.isLocked(folder) }

    /// What `body` reads. Throws ``CommandFailure``.
    func read<Result: Sendable>(
        _ body: @Sendable (SiteStorage) async throws(StorageError) -> Result
    ) async throws -> Result {
        do {
            let storage = try await SiteStorage(readOnly: database)
            let result = try await body(storage)
            await storage.close()
            return result
        } catch {
            throw CommandFailure(error)
        }
    }

    /// What `body` does, with the folder locked, so that no host starts meanwhile. Throws ``CommandFailure``.
    func write<Result: Sendable>(
        _ body: @Sendable (SiteStorage) async throws -> Result
    ) async throws -> Result {
        let lock: DataFolder
        do { lock = try DataFolder(folder) } catch { throw CommandFailure(.refused, error.description) }
        defer { lock.release() }
        do {
            let storage = try await SiteStorage(path: lock.database)
            let result: Result
            do {
                result = try await body(storage)
            } catch {
                await storage.close()
                throw error
            }
            await storage.close()
            return result
        } catch let error as StorageError {
            throw CommandFailure(error)
        }
    }

    /// What the running host answers. Throws ``CommandFailure``.
    func ask<Answer: Decodable>(_ path: String, _ body: some Encodable, _: Answer.Type) async throws -> Answer {
        do {
            let question = try HostQuestion(data: folder)
            let answer = try await question.ask("POST", path, Array(try JSONEncoder().encode(body)))
            guard let decoded = try? JSONDecoder().decode(Answer.self, from: Data(answer)) else {
                throw CommandFailure(.noAnswer, "the host gave an answer that cannot be read")
            }
            return decoded
        } catch let failure as HostQuestion.Failure {
            throw CommandFailure(failure)
        }
    }
}

extension CommandFailure {
    /// The status that goes with an error of the database.
    init(_ error: StorageError) {
        switch error {
        case .unknownTransaction, .notOpened: self.init(.usage, "\(error)")
        case .transactionEnded, .sessionRefused, .olderSchema, .newerSchema, .foreign: self.init(.refused, "\(error)")
        default: self.init(.fallsShort, "\(error)")
        }
    }
}
