import type { JSONValue } from 'convex/values'
import type { JsonObject } from '../values/json-object.ts'
import type { CallInfo } from './call-info.ts'
import type { IncomingFile } from './engine.ts'
import type { FileScope } from './file-rows.ts'
import type { Files } from './files.ts'
import { componentOf, functionHandle } from './function-path.ts'
import type { Syscalls } from './function-host.ts'
import { functionArguments, objectArgument, parseArguments } from './syscalls/arguments.ts'
import { deleteFile, fileMetadata, fileUrl } from './syscalls/files.ts'
import { functionMetadata } from './syscalls/metadata.ts'
import { calledTooLate, unknownOperation } from './syscalls/unsupported.ts'
import { locateBlob, storeBlob } from './syscalls/blobs.ts'
import type { TransactionCall } from './transaction-call.ts'

/** What an action may start, each in a transaction of its own. Results are JSON; failures are thrown. */
export interface ActionCalls {
  /** The path of the function that a syscall names. */
  address(args: JsonObject, info: CallInfo): string
  query(path: string, args: JSONValue, info: CallInfo): Promise<string>
  mutation(path: string, args: JSONValue, info: CallInfo): Promise<string>
  action(path: string, args: JSONValue, info: CallInfo): Promise<string>
  files(): Files
  /** The component's files as they are committed now. */
  committed(info: CallInfo): FileScope
  /** Stores a file; gives its id. */
  storeFile(file: IncomingFile, info: CallInfo): Promise<string>
  vectorSearch(query: JsonObject, info: CallInfo): Promise<string>
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
    if (operation === 'storage/getBlob') return await locateBlob(this.#calls, args, this.#info)
    throw unknownOperation(operation)
  }

  close(): void {
    this.#isClosed = true
  }
}

const operations: Readonly<Record<string, Operation>> = {
  '1.0/actions/query': (calls, args, info) => calls.query(calls.address(args, info), functionArguments(args), info),
  '1.0/actions/mutation': (calls, args, info) =>
    calls.mutation(calls.address(args, info), functionArguments(args), info),
  '1.0/actions/action': (calls, args, info) => calls.action(calls.address(args, info), functionArguments(args), info),
  '1.0/actions/vectorSearch': (calls, args, info) => calls.vectorSearch(objectArgument(args, 'query'), info),
  '1.0/actions/schedule': (calls, args, info) => calls.write(info, (running) => running.schedule(args)),
  '1.0/actions/cancel_job': (calls, args, info) => calls.write(info, (running) => running.cancel(args)),
  '1.0/storageGetUrl': (calls, args, info) => fileUrl(calls.files(), calls.committed(info), args),
  '1.0/storageGetMetadata': (calls, args, info) => fileMetadata(calls.committed(info), args),
  '1.0/storageGenerateUploadUrl': (calls, _args, { path }) =>
    JSON.stringify(calls.files().uploadUrl(Date.now(), componentOf(path))),
  '1.0/storageDelete': (calls, args, info) => calls.write(info, (running) => deleteFile(running, args)),
  '1.0/createFunctionHandle': (calls, args, info) => JSON.stringify(functionHandle(calls.address(args, info))),
  '1.0/getUserIdentity': (_calls, _args, { identity }) => JSON.stringify(identity),
  '1.0/getFunctionMetadata': (_calls, _args, { path }) => functionMetadata(path),
  '1.0/getDeploymentMetadata': () => JSON.stringify({ name: 'embedded', region: null, class: 'local' }),
  '1.0/getRequestMetadata': (_calls, _args, { jobId }) =>
    JSON.stringify({ ip: null, userAgent: null, requestId: '', scheduledFunctionId: jobId, authToken: null }),
}
