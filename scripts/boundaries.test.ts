import { cp, mkdir, mkdtemp, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { beforeAll, describe, expect, test } from 'vitest'
import { z } from 'zod'
import { runProgram } from './terminal/run-program.ts'

const root = join(import.meta.dirname, '..')

/** Each breach stands in a file of its own: where it is, what it says, and what the linter must answer. */
const breaches: [path: string, source: string, reason: RegExp][] = [
  [
    'convex/a.ts',
    "import { query } from './_generated/server.js'",
    /Only convex\/functions\.ts imports the raw builders/,
  ],
  ['convex/model/a.ts', "import { internalMutation } from '../_generated/server.js'", /Only convex\/functions\.ts/],
  ['convex/b.ts', "import { mutationGeneric } from 'convex/server'", /Only convex\/functions\.ts/],
  ['convex/ai/a.ts', "import { action } from '../_generated/server.js'", /Only convex\/functions\.ts/],
  ['convex/c.ts', "import { streamText } from 'ai'", /Only convex\/ai\/ talks to models/],
  ['convex/d.ts', "import { createGateway } from '@ai-sdk/gateway'", /Only convex\/ai\/ talks to models/],
  ['components/a.ts', "import { streamText } from 'ai'", /Only convex\/ai\/ talks to models/],
  ['scripts/a.ts', "import { streamText } from 'ai'", /Only convex\/ai\/ talks to models/],
  ['components/chat/a.tsx', "import { Streamdown } from 'streamdown'", /Only components\/chat\/markdown\.tsx/],
  ['entrypoints/a.ts', "import { Streamdown } from 'streamdown'", /Only components\/chat\/markdown\.tsx/],
  ['embedded/a.ts', "import { api } from '../convex/_generated/api.js'", /embedded\/ .*imports nothing from outside/],
  ['embedded/runtime/a.ts', "import { EXTENSION_ID } from '../../protocol/extension-id.ts'", /embedded\/ .*outside/],
  ['embedded/http/a.ts', "import { streamText } from 'ai'", /embedded\/ .*outside/],
  ['entrypoints/b.ts', "import { serve } from '../embedded/serve.ts'", /The embedded engine is a package of its own/],
  ['components/b.ts', "import { serve } from '../embedded/serve.ts'", /Components know neither the engine/],
  ['components/c.ts', "import main from '../entrypoints/background.ts'", /Components know neither the engine/],
  ['components/d.ts', "import { send } from '../convex/model/send.ts'", /through convex\/_generated\/api/],
  ['convex/e.ts', "import { App } from '../components/app.tsx'", /convex\/ is deployed alone/],
  ['convex/f.ts', "import { capture } from '../page/capture-page.ts'", /convex\/ is deployed alone/],
  ['convex/g.ts', "import main from '../entrypoints/background.ts'", /convex\/ is deployed alone/],
  ['convex/ai/b.ts', "import { serve } from '../../embedded/serve.ts'", /convex\/ is deployed alone/],
  ['convex/functions.ts', "import { capture } from '../page/capture-page.ts'", /convex\/ is deployed alone/],
  ['convex/h.ts', 'export const bytes = Buffer.from("a")', /'Buffer' is not defined/],
  ['protocol/a.ts', "import { api } from '../convex/_generated/api.js'", /protocol\/ and page\/ are what the other/],
  ['page/a.ts', "import { useState } from 'react'", /neither React nor Convex/],
  ['page/b.ts', 'export const made = eval("1")', /eval/],
  [
    'components/e.tsx',
    'export const Html = () => <p dangerouslySetInnerHTML={{ __html: "" }} />',
    /dangerouslySetInnerHTML/,
  ],
]

const allowed: [path: string, source: string][] = [
  ['convex/functions.ts', "export { query } from './_generated/server.js'"],
  ['convex/ai/c.ts', "export { streamText } from 'ai'"],
  [
    'convex/i.ts',
    "export type { QueryCtx } from './_generated/server.js'\nexport { errorCodes } from '../protocol/errors.ts'",
  ],
  ['components/chat/markdown.tsx', "export { Streamdown } from 'streamdown'"],
  ['components/f.ts', "export { api } from '../convex/_generated/api.js'"],
  ['scripts/b.ts', "export { startEngine } from '../embedded/testing.ts'"],
  ['tests/a.ts', "export { startEngine } from '../embedded/testing.ts'"],
  ['bench/a.ts', "export { startEngine } from '../embedded/testing.ts'"],
]

const report = z.object({
  diagnostics: z.array(z.object({ message: z.string(), help: z.string().nullish(), filename: z.string() })),
})

/** One run of the linter for all of the planted files. */
async function lint(files: [string, string][]): Promise<Map<string, string>> {
  const folder = await mkdtemp(join(tmpdir(), 'gloss-walls-'))
  await cp(join(root, '.oxlintrc.json'), join(folder, '.oxlintrc.json'))
  for (const [path, source] of files) {
    await mkdir(dirname(join(folder, path)), { recursive: true })
    await writeFile(join(folder, path), `${source}\n`)
  }
  const { output } = await runProgram(join(root, 'node_modules', '.bin', 'oxlint'), ['--format=json', '.'], {
    cwd: folder,
  })
  const said = new Map<string, string>()
  for (const { filename, message, help } of report.parse(JSON.parse(output)).diagnostics) {
    const path = filename.replaceAll('\\', '/')
    said.set(path, `${said.get(path) ?? ''}${message} ${help ?? ''}\n`)
  }
  return said
}

describe('the linter keeps the walls', () => {
  let said = new Map<string, string>()
  beforeAll(async () => {
    said = await lint(breaches.map(([path, source]) => [path, source]))
  })

  test.each(breaches)('%s may not say: %s', (path, _source, reason) => {
    expect(said.get(path) ?? 'nothing').toMatch(reason)
  })

  test('and lets through what belongs there', async () => {
    const walls = [...(await lint(allowed))].filter(([, message]) =>
      /Only|embedded|deployed|know|protocol|defined/.test(message),
    )
    expect(walls).toEqual([])
  })
})
