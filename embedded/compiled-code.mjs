// Plain JavaScript, as what imports it.
import { readdirSync, rmSync } from 'node:fs'
import module from 'node:module'
import { fileURLToPath } from 'node:url'

const folder = fileURLToPath(new URL('../node_modules/.cache/embedded-convex', import.meta.url))

/** A start takes some 500; functions that changed are other files. */
const KEPT_FILES = 5_000

/**
 * Keeps what V8 made of each module, types stripped, for the next start, which then takes about two thirds of the processor time. Where the
 * packages cannot be written, and under NODE_DISABLE_COMPILE_CACHE, Node goes on without.
 */
export function keepCompiledCode() {
  emptyWhenFull(folder, KEPT_FILES)
  module.enableCompileCache(folder)
}

/** Node saves it when a process ends by itself; one that is killed would leave nothing. */
export function saveCompiledCode() {
  module.flushCompileCache()
}

/** Node itself never removes a file. Another process that uses the folder goes on without it. */
export function emptyWhenFull(folder, keptFiles) {
  try {
    const names = readdirSync(folder, { recursive: true })
    if (names.length > keptFiles) rmSync(folder, { recursive: true, force: true })
  } catch (error) {
    // No folder yet, or another start empties it now; one that cannot be read is no reason not to start.
    if (!(error instanceof Error && 'code' in error)) throw error
  }
}
