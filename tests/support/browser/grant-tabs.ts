import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'

interface Manifest {
  readonly permissions: readonly string[]
  readonly optional_permissions: readonly string[]
  readonly optional_host_permissions: readonly string[]
  readonly [field: string]: unknown
}

/**
 * Makes an unpacked extension one to which a person has granted all that it may ask for: no headless browser can be
 * made to answer the question. Nothing but the manifest is touched.
 */
export async function grantTabs(extension: string): Promise<void> {
  const path = join(extension, 'manifest.json')
  const manifest = JSON.parse(await readFile(path, 'utf8')) as Manifest
  const { permissions, optional_permissions, optional_host_permissions, ...others } = manifest
  const granted = {
    ...others,
    permissions: [...permissions, ...optional_permissions],
    host_permissions: optional_host_permissions,
  }
  await writeFile(path, JSON.stringify(granted))
}
