import { openSqliteStore } from '../store/sqlite-store.ts'
import { Actions } from './actions.ts'
import { applySchema } from './apply-schema.ts'
import { Database } from './database.ts'
import type { Engine, EngineOptions } from './engine.ts'
import { LocalEngine } from './local-engine.ts'
import { FunctionCaller } from './function-caller.ts'
import { loadCode } from './load-code.ts'
import { localHost } from './local-host.ts'
import { Metrics } from './metrics.ts'
import { Runtime } from './runtime.ts'
import { Scheduler } from './scheduler.ts'

const defaultParallelJobs = 256
const defaultTransactionTimeoutMs = 10_000
const defaultActionTimeoutMs = 30 * 60 * 1000

/**
 * Opens the data folder, loads the project's functions and starts the scheduler. Rejects with one sentence when the
 * folder is in use or cannot be written, when the functions do not bundle, or when documents do not fit the schema.
 */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const { log } = options
  const store = openSqliteStore(options.dataDir, options)
  try {
    const { registry, schema, router, providers } = await loadCode(options)
    const catalog = applySchema(store, schema, log)
    const database = new Database(store, catalog)
    const metrics = new Metrics()
    database.onCommit((_commit, written) => metrics.wrote(written))
    const runtime = new Runtime({
      database,
      schema,
      metrics,
      log,
      registry,
      caller: new FunctionCaller(localHost, catalog, log),
      transactionTimeoutMs: options.transactionTimeoutMs ?? defaultTransactionTimeoutMs,
    })
    const actions = new Actions(runtime, localHost, options.actionTimeoutMs ?? defaultActionTimeoutMs)
    const scheduler = new Scheduler(runtime, actions, options.parallelJobs ?? defaultParallelJobs)
    const load = () => loadCode(options)
    const engine = new LocalEngine({ runtime, actions, scheduler, router, providers, load })
    await scheduler.start()
    return engine
  } catch (error) {
    store.close()
    throw error
  }
}
