import { mkdtemp, readFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { loadDefinitions } from '../embedded/runtime/load-definitions.ts'
import { addComponents } from './codegen/add-components.ts'
import { installedComponents } from './codegen/installed-components.ts'

const root = join(import.meta.dirname, '..')

test('a package is imported by its name, a component beside convex/ by its path', async () => {
  const functionsDir = join(root, 'convex')
  const uses = [
    { name: 'a', folder: join(root, 'node_modules', '@convex-dev', 'rate-limiter', 'dist', 'component') },
    { name: 'b', folder: join(root, 'own') },
  ]
  expect(await installedComponents(functionsDir, uses)).toEqual([
    { name: 'a', from: '@convex-dev/rate-limiter' },
    { name: 'b', from: '../../own' },
  ])
})

test('components are added behind what Convex generates', () => {
  const generated = {
    js: 'import { anyApi } from "convex/server";\nexport const api = anyApi;\n',
    dts: 'declare api\n',
  }
  expect(addComponents(generated, [{ name: 'a', from: 'x' }])).toEqual({
    js: 'import { anyApi, componentsGeneric } from "convex/server";\nexport const api = anyApi;\nexport const components = componentsGeneric();\n',
    dts: 'declare api\n\nexport declare const components: {\n  a: import("x/_generated/component.js").ComponentApi<"a">;\n};\n',
  })
})

test('what is committed names every component that convex.config.ts installs', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'gloss-codegen-'))
  const { app } = await loadDefinitions(join(root, 'convex', 'convex.config.ts'), folder, {})
  const installed = await installedComponents(join(root, 'convex'), app.children)
  const { dts } = addComponents({ js: '', dts: '' }, installed)
  expect(installed.length).toBeGreaterThan(0)
  expect(await readFile(join(root, 'convex', '_generated', 'api.d.ts'), 'utf8')).toContain(dts.trim())
})
