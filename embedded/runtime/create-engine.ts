import { join } from 'node:path'
import { openSqliteStore } from '../store/sqlite-store.ts'
import { Actions } from './actions.ts'
import { applySchema } from './apply-schema.ts'
import { readAuthProviders } from './auth-config.ts'
import { Database } from './database.ts'
import type { Engine, EngineOptions } from './engine.ts'
import { LocalEngine } from './local-engine.ts'
import { FunctionCaller } from './function-caller.ts'
import { FunctionRegistry } from './function-registry.ts'
import { toHttpRouter } from './http-router.ts'
import { loadFunctions } from './load-functions.ts'
import { localHost } from './local-host.ts'
import { Metrics } from './metrics.ts'
import { Runtime } from './runtime.ts'
import { Scheduler } from './scheduler.ts'
import { noSchema, parseSchema, type Schema } from './schema.ts'
import { WorkerHost } from './workers/worker-host.ts'

const defaultParallelJobs = 256
const defaultTransactionTimeoutMs = 10_000
const defaultActionTimeoutMs = 30 * 60 * 1000
const defaultActionMemoryMb = 1024

/**
 * Opens the data folder, loads the project's functions and starts the scheduler. Rejects with one sentence when the
 * folder is in use or cannot be written, when the functions do not bundle, or when documents do not fit the schema.
 */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const { log } = options
  const store = openSqliteStore(options.dataDir, options.durability)
  let host: WorkerHost | null = null
  try {
    const { modules, bundle } = await loadFunctions({ ...options, cacheDir: join(options.dataDir, 'functions') })
    const schema = readSchema(modules.get('schema'))
    const catalog = applySchema(store, schema, log)
    const database = new Database(store, catalog)
    const metrics = new Metrics()
    database.onCommit((_commit, written) => metrics.wrote(written))
    const runtime = new Runtime({
      database,
      schema,
      metrics,
      log,
      registry: new FunctionRegistry(modules),
      caller: new FunctionCaller(localHost, catalog, log),
      transactionTimeoutMs: options.transactionTimeoutMs ?? defaultTransactionTimeoutMs,
    })
    host = new WorkerHost({
      bundle,
      log,
      timeoutMs: options.actionTimeoutMs ?? defaultActionTimeoutMs,
      memoryMb: options.actionMemoryMb ?? defaultActionMemoryMb,
    })
    const actions = new Actions(runtime, host)
    const scheduler = new Scheduler(runtime, actions, options.parallelJobs ?? defaultParallelJobs)
    const router = toHttpRouter(modules.get('http'))
    const providers = readAuthProviders(modules.get('auth.config'), log)
    const engine = new LocalEngine({ runtime, actions, scheduler, router, providers })
    await scheduler.start()
    return engine
  } catch (error) {
    await host?.close()
    store.close()
    throw error
  }
}

function readSchema(module: Readonly<Record<string, unknown>> | undefined): Schema {
  const definition = module?.['default']
  if (typeof definition !== 'object' || definition === null) return noSchema
  const exporter: unknown = Reflect.get(definition, 'export')
  const exported: unknown = typeof exporter === 'function' ? Reflect.apply(exporter, definition, []) : undefined
  if (typeof exported !== 'string') throw new Error('schema.ts must export a schema as default')
  return parseSchema(exported)
}
