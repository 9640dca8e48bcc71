import { readFile } from 'node:fs/promises'
import { dirname, join, relative, sep } from 'node:path'
import type { ComponentUse } from '../../embedded/runtime/component-definition.ts'
import type { InstalledComponent } from './add-components.ts'

/** Where the types of an app's components are imported from, by where those lie. */
export async function installedComponents(
  functionsDir: string,
  uses: readonly Pick<ComponentUse, 'name' | 'folder'>[],
): Promise<InstalledComponent[]> {
  return await Promise.all(
    uses.map(async ({ name, folder }) => {
      const isPackage = folder.split(sep).includes('node_modules')
      const path = relative(join(functionsDir, '_generated'), folder).split(sep).join('/')
      return { name, from: isPackage ? await packageName(folder) : path }
    }),
  )
}

/** The name in the nearest package.json above. */
async function packageName(folder: string): Promise<string> {
  const text = await readFile(join(folder, 'package.json'), 'utf8').catch(() => null)
  const manifest: unknown = text === null ? null : JSON.parse(text)
  if (typeof manifest === 'object' && manifest !== null && 'name' in manifest && typeof manifest.name === 'string') {
    return manifest.name
  }
  if (dirname(folder) === folder) throw new Error('A component in node_modules belongs to no package.')
  return await packageName(dirname(folder))
}
