import { openAsBlob } from 'node:fs'
import type { JSONValue } from 'convex/values'
import { isJsonObject } from '../../values/json-object.ts'
import { FunctionError } from '../function-error.ts'
import type { Syscalls } from '../function-host.ts'
import { calledTooLate, unknownOperation } from '../syscalls/unsupported.ts'
import type { FromWorker, MessageId } from './messages.ts'

/** The syscalls of a worker that wait for their answers. */
export class SyscallAnswers {
  readonly #waiting = new Map<MessageId, PromiseWithResolvers<unknown>>()
  #last: MessageId = 0

  /** `ask` sends the syscall under the number it is given; it throws when the arguments cannot be sent. */
  async wait(ask: (id: MessageId) => void): Promise<unknown> {
    const id = ++this.#last
    ask(id)
    const answer = Promise.withResolvers<unknown>()
    this.#waiting.set(id, answer)
    return await answer.promise
  }

  resolve(id: MessageId, value: unknown): void {
    this.#take(id)?.resolve(value)
  }

  reject(id: MessageId, { message, data }: { readonly message: string; readonly data?: JSONValue }): void {
    this.#take(id)?.reject(new FunctionError(message, data))
  }

  #take(id: MessageId): PromiseWithResolvers<unknown> | undefined {
    const answer = this.#waiting.get(id)
    this.#waiting.delete(id)
    return answer
  }
}

/** The syscalls of one action: the engine's thread performs them. */
export class ForwardedSyscalls implements Syscalls {
  readonly #call: MessageId
  readonly #answers: SyscallAnswers
  readonly #send: (message: FromWorker) => void
  #isClosed = false

  constructor(call: MessageId, answers: SyscallAnswers, send: (message: FromWorker) => void) {
    this.#call = call
    this.#answers = answers
    this.#send = send
  }

  /** An action has none of them. */
  sync(operation: string): string {
    throw unknownOperation(operation)
  }

  async async(operation: string, argsJson: string): Promise<string> {
    if (this.#isClosed) throw calledTooLate()
    const call = this.#call
    const value = await this.#answers.wait((id) => this.#send({ type: 'syscall', call, id, operation, argsJson }))
    if (typeof value !== 'string') throw new TypeError(`${operation} gave no JSON`)
    return value
  }

  async object(operation: string, args: unknown): Promise<unknown> {
    if (this.#isClosed) throw calledTooLate()
    const call = this.#call
    const value = await this.#answers.wait((id) => this.#send({ type: 'objectSyscall', call, id, operation, args }))
    return operation === 'storage/getBlob' ? await toBlob(value) : value
  }

  close(): void {
    this.#isClosed = true
  }
}

/** Of the `FileLocation` that the engine's thread tells, or null. */
async function toBlob(location: unknown): Promise<Blob | null> {
  if (location === null) return null
  const { path, type } = isJsonObject(location) ? location : {}
  if (typeof path !== 'string' || typeof type !== 'string') throw new TypeError('storage/getBlob gave no file')
  return await openAsBlob(path, { type })
}
