#!/usr/bin/env node
// Plain JavaScript for any Node from 20 on: the engine itself needs Node 24 (type stripping, node:sqlite), which the
// `node` package brings along. Nothing is written to standard output here; `serve` prints its one line there.
import { spawn } from 'node:child_process'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { constants } from 'node:os'
import { fileURLToPath } from 'node:url'
import { keepCompiledCode, saveCompiledCode } from './compiled-code.mjs'

const NEEDED = 24

function packagedNode() {
  const manifest = createRequire(import.meta.url).resolve('node/package.json')
  return join(dirname(manifest), 'bin', process.platform === 'win32' ? 'node.exe' : 'node')
}

function runUnder(node) {
  // The channel closes with this process, however it ends: the child then ends too.
  const child = spawn(node, [...process.execArgv, fileURLToPath(import.meta.url), ...process.argv.slice(2)], {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
  })
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
  child.on('error', (error) => {
    process.stderr.write(`The packaged Node ${NEEDED} could not be started: ${error.message}\n`)
    process.exitCode = 1
  })
  child.on('exit', (code, signal) => {
    process.exit(signal === null ? (code ?? 1) : 128 + (constants.signals[signal] ?? 0))
  })
}

if (Number(process.versions.node.split('.')[0]) >= NEEDED) {
  keepCompiledCode()
  const { main } = await import('./main.ts')
  await main(process.argv.slice(2))
  saveCompiledCode()
} else {
  let node
  try {
    node = packagedNode()
  } catch {
    process.stderr.write(`Node ${NEEDED} is needed: install the "node" package beside this one, or run a newer Node.\n`)
    process.exit(1)
  }
  runUnder(node)
}
