import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { loadDefinitions } from '../embedded/runtime/load-definitions.ts'
import { addComponents } from './codegen/add-components.ts'
import { installedComponents } from './codegen/installed-components.ts'
import { CommandError } from './terminal/command-error.ts'
import { runCommand } from './terminal/run-command.ts'
import { runProgram } from './terminal/run-program.ts'

const root = join(import.meta.dirname, '..')
const functionsDir = join(root, 'convex')

/**
 * `npm run codegen`: convex/_generated without a deployment. Convex's own command writes all of it offline but
 * `components`, for which it would ask a deployment; those are added as it would write them.
 */
await runCommand(async () => {
  const convex = join(root, 'node_modules', '.bin', 'convex')
  const { code, output } = await runProgram(convex, ['codegen', '--system-udfs', '--typecheck', 'disable'], {
    cwd: root,
  })
  if (code !== 0) throw new CommandError(output.trim())
  const { app } = await readDefinitions(join(functionsDir, 'convex.config.ts'))
  const [jsPath, dtsPath] = [join(functionsDir, '_generated', 'api.js'), join(functionsDir, '_generated', 'api.d.ts')]
  const generated = { js: await readFile(jsPath, 'utf8'), dts: await readFile(dtsPath, 'utf8') }
  const { js, dts } = addComponents(generated, await installedComponents(functionsDir, app.children))
  await writeFile(jsPath, js)
  await writeFile(dtsPath, dts)
  return 0
})

async function readDefinitions(configPath: string) {
  const folder = await mkdtemp(join(tmpdir(), 'gloss-codegen-'))
  try {
    return await loadDefinitions(configPath, folder, {})
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}
