// Runs before every npm command, under the machine's own Node (20 or later) and before anything is installed: so it is
// plain JavaScript without dependencies. It does nothing when what is installed is what package-lock.json says.
import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('..', import.meta.url))
const modules = join(root, 'node_modules')
const stampPath = join(modules, '.gloss-installed')

const [major = 0] = process.versions.node.split('.').map(Number)
if (major < 20) fail(`Gloss needs Node 20 or later, and this is ${process.versions.node}: install a newer Node.`)

const lockfile = await read(join(root, 'package-lock.json'))
if (lockfile === '')
  fail('package-lock.json is missing or unreadable: get it back with "git checkout package-lock.json".')
const stamp = `${process.platform} ${process.arch} ${createHash('sha256').update(lockfile).digest('hex')}`

if (!hasNode() || (await read(stampPath)) !== stamp) {
  if (!hasNode() || !(await isInstalled())) await install()
  if (!hasNode()) fail('npm installed everything but the Node that Gloss runs on: update npm to version 11 or later.')
  await writeFile(stampPath, stamp).catch(() =>
    fail(`Gloss cannot write in ${root}: run it from a folder of your own.`),
  )
}

/** npm's own record of what lies in node_modules, written when an install is complete. */
async function isInstalled() {
  const record = JSON.parse((await read(join(modules, '.package-lock.json'))) || '{"packages":{}}')
  const wanted = Object.entries(JSON.parse(lockfile).packages).filter(([path, entry]) => path !== '' && !entry.optional)
  return wanted.every(([path, entry]) => record.packages[path]?.version === entry.version)
}

/** The binary that the "node" package brings: every npm script runs under it. */
function hasNode() {
  return existsSync(join(modules, 'node', 'bin', process.platform === 'win32' ? 'node.exe' : 'node'))
}

async function install() {
  const startedAt = Date.now()
  const seconds = () => `${Math.round((Date.now() - startedAt) / 1000)} s`
  process.stderr.write('Installing what Gloss needs (about half a minute) …\n')
  const tick = setInterval(() => process.stderr.write(`  still at it (${seconds()})\n`), 10_000)
  const { code, output } = await npmCi()
  clearInterval(tick)
  if (code !== 0) fail(explain(output))
  process.stderr.write(`  done in ${seconds()}\n`)
}

/** @returns {Promise<{ code: number | null, output: string }>} */
function npmCi() {
  // npm names itself to the scripts it runs; calling that file avoids PATH, and npm.cmd on Windows.
  const npm = process.env.npm_execpath
  const [command, args] = npm ? [process.execPath, [npm]] : ['npm', []]
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !isOuterSetting(name)))
  return new Promise((resolve) => {
    const child = spawn(command, [...args, 'ci', '--no-fund', '--no-audit'], {
      cwd: root,
      env,
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let output = ''
    child.stdout.setEncoding('utf8').on('data', (data) => (output += data))
    child.stderr.setEncoding('utf8').on('data', (data) => (output += data))
    child.on('error', (cause) => resolve({ code: null, output: cause.message }))
    child.on('close', (code) => resolve({ code, output }))
  })
}

/** The outer npm passes its script's name down; the inner one must not take it for its own. */
function isOuterSetting(/** @type {string} */ name) {
  return name.startsWith('npm_lifecycle_') || name === 'npm_command'
}

/** One sentence from npm's output, with its own reason and what to do about it. */
function explain(/** @type {string} */ output) {
  const code = /^npm (?:error|ERR!) code (\S+)/m.exec(output)?.[1]
  if (
    code &&
    ['ENOTFOUND', 'ECONNREFUSED', 'ECONNRESET', 'ETIMEDOUT', 'EAI_AGAIN', 'ERR_SOCKET_TIMEOUT'].includes(code)
  ) {
    return `The npm registry could not be reached (${code}): check the network connection and run the command again.`
  }
  if (code === 'EACCES' || code === 'EROFS' || code === 'EPERM') {
    return `npm is not allowed to write in ${root} (${code}): run Gloss from a folder of your own.`
  }
  if (code === 'ENOSPC') return 'The disk is full, so npm could not install: free about 1 GB and run the command again.'
  const lines = output.split('\n').map((line) => line.replace(/^npm (?:error|ERR!)\s*/, '').trim())
  const reason = lines.find((line) => line !== '' && !line.startsWith('code ')) ?? 'it gave no reason'
  return `"npm ci" failed (${reason.replace(/[.:]+$/, '')}): run it yourself to see all of its output.`
}

/** @returns {Promise<string>} the file's text, or nothing when it cannot be read */
async function read(/** @type {string} */ path) {
  return readFile(path, 'utf8').catch(() => '')
}

/** @returns {never} */
function fail(/** @type {string} */ sentence) {
  process.stderr.write(`${sentence}\n`)
  process.exit(1)
}
