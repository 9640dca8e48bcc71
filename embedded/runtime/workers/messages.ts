import type { MessagePort } from 'node:worker_threads'
import type { JSONValue } from 'convex/values'
import type { Failure } from '../function-error.ts'

/** Numbers a call or a syscall within one worker. */
export type MessageId = number

export type ToWorker =
  | { readonly type: 'run'; readonly call: MessageId; readonly path: string; readonly argsJson: string }
  | { readonly type: 'http'; readonly call: MessageId; readonly request: RequestMessage }
  /** The client of an HTTP action has left. */
  | { readonly type: 'abort'; readonly call: MessageId }
  /** Nobody waits for anything of an HTTP action any more. */
  | { readonly type: 'over'; readonly call: MessageId }
  | { readonly type: 'result'; readonly id: MessageId; readonly value: unknown }
  | { readonly type: 'failure'; readonly id: MessageId; readonly message: string; readonly data?: JSONValue }
  | { readonly type: 'ping' }

export type FromWorker =
  /** The functions are loaded. */
  | { readonly type: 'ready' }
  | { readonly type: 'pong' }
  | {
      readonly type: 'syscall'
      readonly call: MessageId
      readonly id: MessageId
      readonly operation: string
      readonly argsJson: string
    }
  /** A syscall with objects: what can be cloned, `Blob` included, unless it is one over a file. */
  | {
      readonly type: 'objectSyscall'
      readonly call: MessageId
      readonly id: MessageId
      readonly operation: string
      readonly args: unknown
    }
  | { readonly type: 'log'; readonly call: MessageId; readonly level: string; readonly message: string }
  | { readonly type: 'ended'; readonly call: MessageId; readonly outcome: EndedCall }
  /** A rejection that nothing handles. */
  | { readonly type: 'stray'; readonly text: string }

/** `value` is an action's result as JSON; `response` that of an HTTP action, whose body may go on. */
export type EndedCall =
  | Failure
  | { readonly ok: true; readonly value: string }
  | { readonly ok: true; readonly response: ResponseMessage }

/** The body, if there is one, comes through its port (`port-stream.ts`). */
export interface RequestMessage {
  readonly url: string
  readonly method: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body: MessagePort | null
}

export interface ResponseMessage {
  readonly status: number
  readonly statusText: string
  readonly headers: readonly (readonly [string, string])[]
  readonly body: MessagePort | null
}
