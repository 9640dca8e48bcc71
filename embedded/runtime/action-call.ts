import type { JSONValue } from 'convex/values'
import type { JsonObject } from '../values/json-object.ts'
import type { CallInfo } from './call-info.ts'
import type { IncomingFile } from './engine.ts'
import type { Files } from './files.ts'
import { functionHandle } from './function-path.ts'
import type { Syscalls } from './function-host.ts'
import { functionAddress, functionArguments, objectArgument, parseArguments } from './syscalls/arguments.ts'
import { deleteFile, fileMetadata, fileUrl } from './syscalls/files.ts'
import { calledTooLate, unknownOperation } from './syscalls/unsupported.ts'
import { readBlob, storeBlob } from './syscalls/blobs.ts'
import type { Transaction } from './transaction.ts'
import type { TransactionCall } from './transaction-call.ts'

/** What an action may start, each in a transaction of its own. Results are JSON; failures are thrown. */
export interface ActionCalls {
  query(path: string, args: JSONValue, info: CallInfo): Promise<string>
  mutation(path: string, args: JSONValue, info: CallInfo): Promise<string>
  action(path: string, args: JSONValue, info: CallInfo): Promise<string>
  /** What is committed now. */
  committed(): Transaction
  files(): Files
  /** Stores a file; gives its id. */
  storeFile(file: IncomingFile, info: CallInfo): Promise<string>
  vectorSearch(query: JsonObject): Promise<string>
  /** Runs a write of the engine's own, such as scheduling. */
  write(info: CallInfo, work: (running: TransactionCall) => string): Promise<string>
}

type Operation = (calls: ActionCalls, args: JsonObject, info: CallInfo) => Promise<string> | string

/** The syscalls of one action or HTTP action. */
export class ActionCall implements Syscalls {
  readonly #calls: ActionCalls
  readonly #info: CallInfo
  #isClosed = false

  constructor(calls: ActionCalls, info: CallInfo) {
    this.#calls = calls
    this.#info = info
  }

  sync(operation: string): string {
    throw unknownOperation(operation)
  }

  async async(operation: string, argsJson: string): Promise<string> {
    if (this.#isClosed) throw calledTooLate()
    const perform = operations[operation]
    if (perform === undefined) throw unknownOperation(operation)
    return await perform(this.#calls, parseArguments(argsJson), this.#info)
  }

  async object(operation: string, args: unknown): Promise<unknown> {
    if (this.#isClosed) throw calledTooLate()
    if (operation === 'storage/storeBlob') return await storeBlob(this.#calls, args, this.#info)
    if (operation === 'storage/getBlob') return await readBlob(this.#calls, args)
    throw unknownOperation(operation)
  }

  close(): void {
    this.#isClosed = true
  }
}

const operations: Readonly<Record<string, Operation>> = {
  '1.0/actions/query': (calls, args, info) => calls.query(functionAddress(args), functionArguments(args), info),
  '1.0/actions/mutation': (calls, args, info) => calls.mutation(functionAddress(args), functionArguments(args), info),
  '1.0/actions/action': (calls, args, info) => calls.action(functionAddress(args), functionArguments(args), info),
  '1.0/actions/vectorSearch': (calls, args) => calls.vectorSearch(objectArgument(args, 'query')),
  '1.0/actions/schedule': (calls, args, info) => calls.write(info, (running) => running.schedule(args)),
  '1.0/actions/cancel_job': (calls, args, info) => calls.write(info, (running) => running.cancel(args)),
  '1.0/storageGetUrl': (calls, args) => fileUrl(calls.files(), calls.committed(), args),
  '1.0/storageGetMetadata': (calls, args) => fileMetadata(calls.committed(), args),
  '1.0/storageGenerateUploadUrl': (calls) => JSON.stringify(calls.files().uploadUrl(Date.now())),
  '1.0/storageDelete': (calls, args, info) => calls.write(info, ({ transaction }) => deleteFile(transaction, args)),
  '1.0/createFunctionHandle': (_calls, args) => JSON.stringify(functionHandle(functionAddress(args))),
  '1.0/getUserIdentity': (_calls, _args, { identity }) => JSON.stringify(identity),
  '1.0/getFunctionMetadata': (_calls, _args, { path }) => JSON.stringify({ name: path, componentPath: '' }),
  '1.0/getDeploymentMetadata': () => JSON.stringify({ name: 'embedded', region: null, class: 'local' }),
  '1.0/getRequestMetadata': (_calls, _args, { jobId }) =>
    JSON.stringify({ ip: null, userAgent: null, requestId: '', scheduledFunctionId: jobId, authToken: null }),
}
