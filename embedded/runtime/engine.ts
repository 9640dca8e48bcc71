/**
 * What the protocol servers (`sync/`, `http/`) ask of the runtime. The runtime knows nothing of sockets; the servers
 * know nothing of storage. Everything that crosses is JSON as Convex encodes it (`convexToJson`).
 */
import type { FileHandle } from 'node:fs/promises'
import type { JSONValue } from 'convex/values'
import type { FileBody } from '../files/file-store.ts'
import type { Clock } from './clock.ts'

/** A verified caller, as `ctx.auth.getUserIdentity()` returns it (`tokenIdentifier`, `issuer`, `subject`, claims). */
export interface Identity {
  readonly tokenIdentifier: string
  readonly issuer: string
  readonly subject: string
  readonly [claim: string]: JSONValue | undefined
}

/** One function call. `path` is `module:function`; `args` is the single argument object, in Convex's JSON encoding. */
export interface FunctionCall {
  readonly path: string
  readonly args: JSONValue
  readonly identity: Identity | null
  /** Admin callers may run internal functions; a public path is the default. */
  readonly allowInternal?: boolean
}

/** How a function ended. `errorData` is present for a `ConvexError` only. */
export type Outcome =
  | { readonly ok: true; readonly value: JSONValue; readonly logLines: readonly string[] }
  | {
      readonly ok: false
      readonly errorMessage: string
      readonly errorData?: JSONValue
      readonly logLines: readonly string[]
    }

/** The index intervals a query consumed. */
export interface ReadSet {
  /** Whether a written document's old or new index key falls inside an interval that was read. */
  overlaps(commit: Commit): boolean
  /** It overlaps no commit that has none of these; null: it may overlap any. */
  readonly places: readonly string[] | null
}

/** One committed transaction. `ts` is nanoseconds since the epoch, strictly increasing, also across restarts. */
export interface Commit {
  readonly ts: bigint
  /** Of all it touched; null: it may touch whatever was read. */
  readonly places: readonly string[] | null
}

export interface QueryRun {
  readonly outcome: Outcome
  readonly readSet: ReadSet
  /** The pagination journal to hand back when the same query is asked again after a reconnect. */
  readonly journal: string | null
}

/** A consistent view of the database at one timestamp. Release it when done. */
export interface Snapshot {
  readonly ts: bigint
  query(call: FunctionCall & { readonly journal?: string | null }): Promise<QueryRun>
  release(): void
}

export interface MutationRun {
  readonly outcome: Outcome
  /** The commit's timestamp; for a failed mutation, the latest timestamp at that moment. */
  readonly ts: bigint
}

export type FunctionKind = 'query' | 'mutation' | 'action'

export interface Engine {
  /** Timestamp of the latest commit. Never goes backwards. */
  latestTs(): bigint
  snapshot(): Snapshot
  /** Runs exactly once per `session`: a repeat returns what was recorded with the first commit. */
  mutation(
    call: FunctionCall & { readonly session?: { readonly sessionId: string; readonly requestId: number } },
  ): Promise<MutationRun>
  action(call: FunctionCall): Promise<Outcome>
  /** Routes through the app's `http.ts`; null when there is no route. */
  httpAction(request: Request, identity: Identity | null): Promise<Response | null>
  /** Called synchronously after every commit, in commit order. Returns the unsubscribe function. */
  onCommit(listener: (commit: Commit) => void): () => void
  /** What the function is, or null when there is none of that path; `/api/function` and `/api/run` need it. */
  functionKind?(path: string): FunctionKind | null
  /** Counts for benches and tests; served to holders of the admin key only. */
  metrics?(): EngineMetrics
  /** The stored files; a fake engine may have none. */
  readonly files?: StoredFiles
  /** The providers of the app's `auth.config.ts`, evaluated with the engine's environment. */
  authProviders(): Promise<readonly AuthProvider[]>
  /**
   * Goes on with the project as it is now: live queries run again, actions that are running end with their old code.
   * Rejects, with nothing changed, when it does not bundle or when documents do not fit its schema.
   */
  reload?(): Promise<void>
  /** Stops the scheduler, lets running functions end within `graceMs`, closes the store. */
  close(graceMs?: number): Promise<void>
}

/** Counts since the engine started. Sizes are `getDocumentSize`, in bytes. */
export interface EngineMetrics {
  /** Document versions that were committed, by table (a component’s behind its path: `outer/inner/table`); removed
   * documents are not counted. */
  readonly written: Readonly<Record<string, { readonly documents: number; readonly bytes: number }>>
  /** Runs of queries and mutations by path, re-runs of subscriptions included. */
  readonly runs: Readonly<Record<string, number>>
  /** Bytes of the documents those runs read, by path; nested calls count for the function that was called first. */
  readonly bytesRead: Readonly<Record<string, number>>
}

/** Stored files for those who hold an address of one. What goes wrong is thrown as a `FileError`. */
export interface StoredFiles {
  /** Larger files are refused. */
  readonly maxBytes: number
  /** Gives the component that gave the token out; throws when it allows no upload. */
  checkUploadToken(token: string): string
  /** Stores a file of a component (empty: the app) as its content comes in; gives its id in the `_storage` there. */
  store(file: IncomingFile, component: string): Promise<string>
  /** Of whatever component; null when no file has that UUID. */
  find(uuid: string): StoredFile | null
}

export interface IncomingFile {
  readonly body: FileBody
  readonly contentType: string | null
  /** What the content must have, in base64; null for any. */
  readonly sha256: string | null
}

export interface StoredFile {
  /** In bytes. */
  readonly size: number
  /** Base64. */
  readonly sha256: string
  readonly contentType: string | null
  /** The content, to be closed by the caller. */
  open(): Promise<FileHandle>
}

/** A provider as `auth.config.ts` exports it. */
export type AuthProvider =
  | { readonly type: 'oidc'; readonly domain: string; readonly applicationID: string }
  | {
      readonly type: 'customJwt'
      readonly issuer: string
      readonly jwks: string
      readonly algorithm: 'RS256' | 'ES256'
      readonly applicationID?: string
    }

export interface EngineOptions {
  /** The project folder: it holds `convex.json` (optional) and node_modules. */
  readonly projectDir: string
  /** The functions folder inside the project, `convex` by default. */
  readonly functionsDir?: string
  readonly dataDir: string
  /** Where clients reach the server, for the addresses of stored files; `http://127.0.0.1:3210` by default. */
  readonly origin?: string
  /** How large a stored file may be; 1 GiB by default. */
  readonly maxFileBytes?: number
  /** What functions see as `process.env`; nothing of the machine's own environment. */
  readonly env: Readonly<Record<string, string>>
  /** The time of queries and mutations; the machine's by default. Schedules and actions go by the machine's. */
  readonly clock?: Clock
  /** Where the engine writes its log (never stdout). */
  readonly log: (line: string) => void
  /** `normal` (default): commits survive the death of the process; `full`: of the power supply too. */
  readonly durability?: 'normal' | 'full'
  /** When the data is damaged, go on from the newest good back-up instead of refusing to start. */
  readonly recover?: boolean
  /** How many scheduled functions run at once; 256 by default. With 0 they all wait. */
  readonly parallelJobs?: number
  /**
   * How long the code of a query or mutation may compute, and how long it may wait for anything but the engine. By
   * default 1 s, as on Convex, and 10 s.
   */
  readonly transactionTimeoutMs?: number
  /** How long an action may take; 30 min by default, as on Convex. */
  readonly actionTimeoutMs?: number
  /** The heap of one thread of actions, in megabytes; 1024 by default. One that needs more is ended. */
  readonly actionMemoryMb?: number
}
