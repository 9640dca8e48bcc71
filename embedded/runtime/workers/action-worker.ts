/** The thread in which actions run: loads the functions and calls them as the engine's thread asks. */
import { AsyncResource } from 'node:async_hooks'
import { parentPort, workerData, type MessagePort } from 'node:worker_threads'
import { describeThrown } from '../function-error.ts'
import type { CallEnvironment } from '../function-host.ts'
import { FunctionRegistry } from '../function-registry.ts'
import { toHttpRouter } from '../http-router.ts'
import { importModules } from '../import-modules.ts'
import type { ComponentBundle } from '../load-components.ts'
import { localHost, runInEnvironment } from '../local-host.ts'
import { ForwardedSyscalls, SyscallAnswers } from './forwarded-syscalls.ts'
import { toRequest, toResponseMessage } from './http-message.ts'
import type { EndedCall, FromWorker, MessageId, RequestMessage, ToWorker } from './messages.ts'
import { yieldCore } from './yield-core.ts'

yieldCore()

if (parentPort === null) throw new Error('This module runs in a worker thread.')
const port = parentPort
const components: readonly ComponentBundle[] = workerData

// As in the engine's own thread: a stray rejection ends nobody else's action.
process.on('unhandledRejection', (reason) => {
  post({ type: 'stray', text: reason instanceof Error ? (reason.stack ?? reason.message) : String(reason) })
})

const loaded = await Promise.all(
  components.map(async ({ path, httpPrefix, bundle }) => ({ path, httpPrefix, modules: await importModules(bundle) })),
)
const registry = new FunctionRegistry(loaded)
const router = toHttpRouter(loaded)
const answers = new SyscallAnswers()
/** The HTTP actions that are going on. Each holds its request: one that is collected passes no abort on. */
const exchanges = new Map<MessageId, { readonly request: Request; abort(): void; end(): void }>()

port.on('message', (message: ToWorker) => {
  switch (message.type) {
    case 'run':
      void run(message.call, message.path, message.argsJson)
      break
    case 'http':
      void runHttp(message.call, message.request)
      break
    case 'abort':
      exchanges.get(message.call)?.abort()
      break
    case 'over':
      exchanges.get(message.call)?.end()
      exchanges.delete(message.call)
      break
    case 'result':
      answers.resolve(message.id, message.value)
      break
    case 'failure':
      answers.reject(message.id, message)
      break
    case 'ping':
      post({ type: 'pong' })
  }
})
post({ type: 'ready' })

async function run(call: MessageId, path: string, argsJson: string): Promise<void> {
  const environment = environmentOf(call)
  try {
    end(call, await localHost.run(registry.find(path, 'action', true), argsJson, environment))
  } catch (error) {
    end(call, describeThrown(error))
  } finally {
    environment.syscalls.close()
  }
}

async function runHttp(call: MessageId, message: RequestMessage): Promise<void> {
  await runInEnvironment(environmentOf(call), async () => {
    try {
      end(call, { ok: true, response: toResponseMessage(await answer(call, message)) })
    } catch (error) {
      end(call, describeThrown(error))
    }
  })
}

async function answer(call: MessageId, message: RequestMessage): Promise<Response> {
  const client = new AbortController()
  const request = toRequest(message, client.signal)
  exchanges.set(call, {
    request,
    // Bound, so that the action's listeners find its environment.
    abort: AsyncResource.bind(() => client.abort()),
    end: () => message.body?.close(),
  })
  const route = router?.(new URL(request.url).pathname, request.method) ?? null
  if (route === null) throw new Error(`No HTTP action answers ${request.method} ${request.url}`)
  return await route.invoke(request)
}

function environmentOf(call: MessageId): CallEnvironment {
  return {
    syscalls: new ForwardedSyscalls(call, answers, post),
    kind: 'action',
    nowMs: Date.now(),
    random: Math.random,
    log: (level, message) => post({ type: 'log', call, level, message }),
  }
}

function end(call: MessageId, outcome: EndedCall): void {
  const body = 'response' in outcome ? outcome.response.body : null
  post({ type: 'ended', call, outcome }, body === null ? [] : [body])
}

function post(message: FromWorker, transferred: readonly MessagePort[] = []): void {
  port.postMessage(message, transferred)
}
