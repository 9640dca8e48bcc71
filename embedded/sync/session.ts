import type { Commit, Engine } from '../runtime/engine.ts'
import type { Authenticator } from '../auth/authenticator.ts'
import { ANONYMOUS, CredentialsError, isExpired, isVerified, type Caller } from '../auth/caller.ts'
import { componentFailure, toCall, toFailure } from './call.ts'
import {
  parseClientMessage,
  type Authenticate,
  type ClientMessage,
  type Connect,
  type FunctionRequest,
  type ModifyQuerySet,
} from './client-message.ts'
import { MutationQueue } from './mutation-queue.ts'
import { QuerySet } from './query-set.ts'
import type { ServerMessage } from './server-message.ts'
import { decodeTimestamp, encodeTimestamp } from './timestamp.ts'
import { TransitionLoop, type Viewer } from './transition-loop.ts'
import { CLOSE, type Transport } from './transport.ts'

/** From `Connect` to a verified `Authenticate`, and from losing a verified caller to the next one. */
const VERIFY_WITHIN_MS = 2_000

/** From the open socket to `Connect`: clients hold it back while they fetch a token. */
const CONNECT_WITHIN_MS = 30_000

/** Messages that may wait for a verified caller. */
const MAX_HELD_BACK = 1_000

export interface SessionOptions {
  readonly engine: Engine
  readonly authenticator: Authenticator
  readonly transport: Transport
  /** Run nothing for a caller who has not proved who they are, and close the socket when none comes in time. */
  readonly requireAuth: boolean
  /** How long after a transition the next one waits for more commits, in milliseconds. */
  readonly commitGapMs: () => number
  readonly log: (line: string) => void
}

/** A frame that breaks the protocol: the client hears why and the socket is closed. */
class ProtocolError extends Error {
  override name = 'ProtocolError'
}

type Work = ModifyQuerySet | FunctionRequest

/** One client on one socket: who it is, its query set, its mutations in order, its actions side by side. */
export class Session {
  readonly #options: SessionOptions
  readonly #queries = new QuerySet()
  readonly #mutations = new MutationQueue()
  readonly #transitions: TransitionLoop
  readonly #frames: string[] = []
  readonly #heldBack: Work[] = []
  #reading = false
  #closed = false
  #sessionId: string | null = null
  #caller: Caller = ANONYMOUS
  #identityVersion = 0
  #verifyTimer: NodeJS.Timeout | null = null

  constructor(options: SessionOptions) {
    this.#options = options
    this.#transitions = new TransitionLoop({
      engine: options.engine,
      queries: this.#queries,
      transport: options.transport,
      commitGapMs: options.commitGapMs,
      viewer: () => this.#viewer(),
      onFailure: (error) => this.#fail(error),
    })
    this.#expectCaller(CONNECT_WITHIN_MS)
  }

  /** Frames are handled in order: an `Authenticate` holds up what comes after it until it is decided. */
  receive(frame: string): void {
    this.#frames.push(frame)
    if (!this.#reading) void this.#read()
  }

  /** For a frame that is no text at all. */
  receiveBinary(): void {
    this.#fatal('Received an invalid message.')
  }

  onCommit(commit: Commit): void {
    this.#transitions.onCommit(commit)
  }

  /** The socket is gone. A mutation that has begun runs to its end; those that wait are sent again by the client. */
  onClosed(): void {
    this.#closed = true
    this.#transitions.stop()
    this.#frames.length = 0
    this.#heldBack.length = 0
    this.#mutations.clear()
    if (this.#verifyTimer !== null) clearTimeout(this.#verifyTimer)
  }

  close(code: number, reason: string): void {
    if (this.#closed) return
    this.onClosed()
    this.#options.transport.close(code, reason)
  }

  async #read(): Promise<void> {
    this.#reading = true
    for (let frame = this.#frames.shift(); frame !== undefined; frame = this.#frames.shift()) {
      try {
        const message = parseClientMessage(frame)
        if (message === null) throw new ProtocolError('Received an invalid message.')
        await this.#handle(message)
      } catch (error) {
        if (error instanceof ProtocolError) this.#fatal(error.message)
        else this.#fail(error)
      }
    }
    this.#reading = false
  }

  async #handle(message: ClientMessage): Promise<void> {
    if (message.type === 'Event') return
    if (message.type === 'Connect') return this.#connect(message)
    if (this.#sessionId === null) throw new ProtocolError('The first message must be Connect.')
    if (message.type === 'Authenticate') return this.#authenticate(message, this.#sessionId)
    if (this.#mayAct()) return this.#work(message, this.#sessionId)
    if (this.#heldBack.length >= MAX_HELD_BACK) return this.close(CLOSE.unverified, 'Authentication is required')
    this.#heldBack.push(message)
  }

  #work(message: Work, sessionId: string): void {
    if (message.type === 'ModifyQuerySet') {
      const problem = this.#queries.modify(message)
      if (problem !== null) throw new ProtocolError(problem)
      this.#transitions.schedule()
    } else if (message.type === 'Mutation') {
      const caller = this.#caller
      const queued = this.#mutations.push(() => this.#runMutation(message, sessionId, caller))
      if (!queued) this.close(CLOSE.internalError, 'TooManyConcurrentRequests: too many mutations are waiting')
    } else {
      void this.#runAction(message, this.#caller)
    }
  }

  #connect(message: Connect): void {
    if (this.#sessionId !== null) throw new ProtocolError('Connect may be sent only once.')
    if (message.maxObservedTimestamp != null && this.#isAhead(message.maxObservedTimestamp)) {
      // There are no replicas here that could catch up: the data were replaced, and the clock set back. Convex would
      // keep the client waiting until its time has come again.
      this.#options.log('sync: a client has seen a later timestamp than the latest one; it is served what there is now')
    }
    this.#sessionId = message.sessionId
    if (message.clientTs != null) this.#transitions.clientClockSkew = Math.round(message.clientTs - Date.now())
    if (!this.#mayAct()) this.#expectCaller(VERIFY_WITHIN_MS)
  }

  #isAhead(encoded: string): boolean {
    try {
      return decodeTimestamp(encoded) > this.#options.engine.latestTs()
    } catch (error) {
      if (error instanceof RangeError) throw new ProtocolError('maxObservedTimestamp is not a timestamp.')
      throw error
    }
  }

  async #authenticate(message: Authenticate, sessionId: string): Promise<void> {
    const { baseVersion } = message
    if (baseVersion !== this.#identityVersion) {
      throw new ProtocolError(`Identity version ${baseVersion} is not the current one, ${this.#identityVersion}.`)
    }
    let caller: Caller
    try {
      caller = await this.#options.authenticator.fromMessage(message)
    } catch (error) {
      if (error instanceof CredentialsError) return this.#authError(error.message, true)
      throw error
    }
    if (this.#closed) return
    // A fresh token of the same person changes nothing that a query could see.
    if (!samePerson(caller, this.#caller)) this.#queries.markAllStale()
    this.#caller = caller
    this.#identityVersion += 1
    if (!this.#mayAct()) return this.#expectCaller(VERIFY_WITHIN_MS)
    if (this.#verifyTimer !== null) clearTimeout(this.#verifyTimer)
    for (const work of this.#heldBack.splice(0)) this.#work(work, sessionId)
    this.#transitions.schedule()
  }

  #mayAct(): boolean {
    return !this.#options.requireAuth || isVerified(this.#caller)
  }

  #expectCaller(withinMs: number): void {
    if (!this.#options.requireAuth) return
    if (this.#verifyTimer !== null) clearTimeout(this.#verifyTimer)
    this.#verifyTimer = setTimeout(() => this.close(CLOSE.unverified, 'Authentication is required'), withinMs)
  }

  #viewer(): Viewer | null {
    if (!this.#mayAct() || this.#refuseExpired(this.#caller)) return null
    return { caller: this.#caller, identityVersion: this.#identityVersion }
  }

  async #runMutation(message: FunctionRequest, sessionId: string, caller: Caller): Promise<void> {
    const { requestId } = message
    if (this.#closed || this.#refuseExpired(caller)) return
    try {
      const failed = componentFailure(message)
      if (failed) return this.#send({ type: 'MutationResponse', requestId, ...toFailure(failed) })
      const call = { ...toCall(message, caller), session: { sessionId, requestId } }
      const { outcome, ts } = await this.#options.engine.mutation(call)
      if (!outcome.ok) return this.#send({ type: 'MutationResponse', requestId, ...toFailure(outcome) })
      const { value: result, logLines } = outcome
      this.#send({ type: 'MutationResponse', requestId, success: true, result, ts: encodeTimestamp(ts), logLines })
      this.#transitions.owe(ts)
    } catch (error) {
      this.#fail(error)
    }
  }

  async #runAction(message: FunctionRequest, caller: Caller): Promise<void> {
    const { requestId } = message
    if (this.#refuseExpired(caller)) return
    try {
      const outcome = componentFailure(message) ?? (await this.#options.engine.action(toCall(message, caller)))
      if (!outcome.ok) return this.#send({ type: 'ActionResponse', requestId, ...toFailure(outcome) })
      const { value: result, logLines } = outcome
      this.#send({ type: 'ActionResponse', requestId, success: true, result, logLines })
    } catch (error) {
      this.#fail(error)
    }
  }

  #refuseExpired(caller: Caller): boolean {
    if (!isExpired(caller, Date.now())) return false
    this.#authError('The token has expired.', false)
    return true
  }

  /** The client counts from the version before the attempt: the server has not moved. */
  #authError(error: string, authUpdateAttempted: boolean): void {
    this.#send({ type: 'AuthError', error, baseVersion: this.#identityVersion, authUpdateAttempted })
    this.close(CLOSE.normal, 'AuthError')
  }

  #fatal(error: string): void {
    this.#send({ type: 'FatalError', error })
    this.close(CLOSE.policy, 'BadRequest')
  }

  /** Our own fault: details go to the log only. The client connects anew and repeats what has no answer yet. */
  #fail(error: unknown): void {
    this.#options.log(`sync: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`)
    this.close(CLOSE.internalError, 'InternalServerError')
  }

  #send(message: ServerMessage): void {
    if (!this.#closed) this.#options.transport.send([JSON.stringify(message)])
  }
}

function samePerson(left: Caller, right: Caller): boolean {
  return left.admin === right.admin && JSON.stringify(left.identity) === JSON.stringify(right.identity)
}
