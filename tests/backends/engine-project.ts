/**
 * Once for all test files: the app's functions, and the probes as one more module, as a project that engines serve, and
 * a data folder from which an engine starts in half the time, since it holds the bundle.
 */
import { cp, mkdtemp, rm, symlink } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { startEngine } from '../../embedded/testing.ts'

declare module 'vitest' {
  interface ProvidedContext {
    engineProject: { readonly projectDir: string; readonly dataDir: string }
  }
}

const root = join(import.meta.dirname, '../..')

export default async function setUp(vitest: TestProject): Promise<() => Promise<void>> {
  const folder = await mkdtemp(join(tmpdir(), 'gloss-engine-project-'))
  const [projectDir, dataDir] = [join(folder, 'project'), join(folder, 'data')]
  await writeProject(projectDir)
  const engine = await startEngine({ projectDir, dataDir })
  await engine.stop()
  vitest.provide('engineProject', { projectDir, dataDir })
  return async () => await rm(folder, { recursive: true })
}

async function writeProject(projectDir: string): Promise<void> {
  await cp(join(root, 'convex'), join(projectDir, 'convex'), {
    recursive: true,
    filter: (path) => !/\.(test|fixture)\.ts$/.test(basename(path)),
  })
  await cp(join(root, 'convex/probes.fixture.ts'), join(projectDir, 'convex/probes.ts'))
  await cp(join(root, 'protocol'), join(projectDir, 'protocol'), { recursive: true })
  await symlink(join(root, 'node_modules'), join(projectDir, 'node_modules'))
}
