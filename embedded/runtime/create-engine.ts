import { join } from 'node:path'
import { FileStore } from '../files/file-store.ts'
import { UploadTokens } from '../files/upload-tokens.ts'
import { openSqliteStore } from '../store/sqlite-store.ts'
import { Actions } from './actions.ts'
import { applySchema } from './apply-schema.ts'
import { systemClock } from './clock.ts'
import { Components } from './components.ts'
import { Crons } from './crons.ts'
import { Database } from './database.ts'
import type { Engine, EngineOptions } from './engine.ts'
import { Files } from './files.ts'
import { LocalEngine } from './local-engine.ts'
import { FunctionCaller } from './function-caller.ts'
import { loadCode } from './load-code.ts'
import { localHost } from './local-host.ts'
import { Metrics } from './metrics.ts'
import { Runtime } from './runtime.ts'
import { Scheduler } from './scheduler.ts'
import { VectorSearches } from './vector-searches.ts'
import { WorkerHost } from './workers/worker-host.ts'

const defaultParallelJobs = 256
const defaultComputingLimitMs = 1_000
const defaultSilenceLimitMs = 10_000
const defaultActionTimeoutMs = 30 * 60 * 1000
const defaultActionMemoryMb = 1024
const defaultMaxFileBytes = 2 ** 30
const defaultOrigin = 'http://127.0.0.1:3210'

/**
 * Opens the data folder, loads the project's functions and starts the scheduler and the crons. Rejects with one sentence when the
 * folder is in use or cannot be written, when the functions do not bundle, when documents do not fit the schema, or when a cron cannot run.
 */
export async function createEngine(options: EngineOptions): Promise<Engine> {
  const { log } = options
  const store = openSqliteStore(options.dataDir, options)
  let host: WorkerHost | null = null
  try {
    const { registry, schemas, bundles, crons: definitions, router, providers } = await loadCode(options)
    const catalog = applySchema(store, schemas, log)
    const components = new Components(catalog, schemas)
    const database = new Database(store, catalog)
    const metrics = new Metrics()
    database.onCommit((_commit, written) => metrics.wrote(written))
    const files = await openFiles(options, database)
    const runtime = new Runtime({
      database,
      components,
      vectors: new VectorSearches(database),
      files,
      metrics,
      clock: options.clock ?? systemClock,
      log,
      registry,
      caller: new FunctionCaller(localHost, components, log),
      computingLimitMs: options.transactionTimeoutMs ?? defaultComputingLimitMs,
      silenceLimitMs: options.transactionTimeoutMs ?? defaultSilenceLimitMs,
    })
    host = new WorkerHost({
      components: bundles,
      log,
      timeoutMs: options.actionTimeoutMs ?? defaultActionTimeoutMs,
      memoryMb: options.actionMemoryMb ?? defaultActionMemoryMb,
    })
    const actions = new Actions(runtime, host)
    const scheduler = new Scheduler(runtime, actions, options.parallelJobs ?? defaultParallelJobs)
    const crons = new Crons(runtime, actions, definitions)
    const load = () => loadCode(options)
    const engine = new LocalEngine({ runtime, actions, scheduler, crons, router, providers, load })
    await scheduler.start()
    await crons.start()
    return engine
  } catch (error) {
    await host?.close()
    store.close()
    throw error
  }
}

async function openFiles({ dataDir, origin, maxFileBytes, log }: EngineOptions, database: Database): Promise<Files> {
  const contents = await FileStore.open(join(dataDir, 'files'), maxFileBytes ?? defaultMaxFileBytes)
  const tokens = UploadTokens.open(join(dataDir, 'upload.key'))
  const files = new Files({ contents, tokens, database, origin: origin ?? defaultOrigin, log })
  await files.sweep()
  return files
}
