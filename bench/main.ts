import { writeFile } from 'node:fs/promises'
import { CommandError } from '../scripts/terminal/command-error.ts'
import { runCommand } from '../scripts/terminal/run-command.ts'
import type { Bench } from './bench.ts'

/** Each bench by its name, loaded when it is asked for. */
const benches: Readonly<Record<string, () => Promise<Bench>>> = {
  corpora: async () => (await import('./corpora.ts')).corpora,
  engine: async () => (await import('./engine.ts')).engine,
  extraction: async () => (await import('./extraction.ts')).extraction,
  quotes: async () => (await import('./quotes.ts')).quotes,
  streaming: async () => (await import('./streaming.ts')).streaming,
}

await runCommand(async () => {
  const [name = '', ...args] = process.argv.slice(2)
  const load = benches[name]
  if (!load) {
    throw new CommandError(
      `There is no bench named "${name}": run "npm run bench -- NAME [options] [--json FILE]" with one of ${Object.keys(benches).join(', ')}.`,
    )
  }
  const { options, jsonFile } = splitJsonFile(args)
  const { figures, ok } = await (await load()).run(options)
  const line = JSON.stringify({ bench: name, figures })
  if (jsonFile !== undefined) await writeFile(jsonFile, `${line}\n`)
  console.log(line)
  return ok ? 0 : 1
})

function splitJsonFile(args: readonly string[]): { options: string[]; jsonFile: string | undefined } {
  const at = args.findIndex((arg) => arg === '--json')
  if (at < 0) return { options: [...args], jsonFile: undefined }
  const jsonFile = args[at + 1]
  if (jsonFile === undefined) throw new CommandError('--json needs the name of a file to write the figures to.')
  return { options: args.toSpliced(at, 2), jsonFile }
}
