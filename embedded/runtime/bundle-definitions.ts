import { dirname, resolve } from 'node:path'
import type { Plugin } from 'esbuild'
import { buildOptions, runBuild } from './bundle.ts'

/** Namespaces of modules that stand in no file. */
const imported = 'component'
const list = 'component-definitions'

/**
 * Bundles a `convex.config.ts`, with those of all components it leads to, into one module: `app` is what the first
 * exports, `definitions` what the others do, as `{ folder, definition }`. Gives the paths of all files that were read.
 */
export async function bundleDefinitions(configPath: string, outFile: string, globalsKey: string): Promise<string[]> {
  const { metafile } = await runBuild({
    ...buildOptions(globalsKey),
    stdin: {
      contents: `export { default as app } from ${quoted(configPath)}; export { definitions } from ${quoted(list)}`,
      resolveDir: dirname(configPath),
      sourcefile: imported,
    },
    outfile: outFile,
    plugins: [componentImports(configPath)],
  })
  const inputs = Object.keys(metafile?.inputs ?? {})
  return inputs.filter((path) => !path.startsWith(imported)).map((path) => resolve(path))
}

/**
 * A config that imports another gets what `use` expects of a component, its place and its name, as Convex's own
 * bundler gives it.
 */
function componentImports(configPath: string): Plugin {
  return {
    name: 'component-imports',
    setup(build) {
      build.onResolve({ filter: new RegExp(`^${list}$`) }, ({ path }) => ({ path, namespace: list }))
      build.onLoad({ filter: /.*/, namespace: list }, () => ({ contents: 'export const definitions = []' }))
      build.onResolve({ filter: /convex\.config(?:\.[cm]?[jt]s)?$/ }, async ({ path, kind, resolveDir, ...args }) => {
        if (args.pluginData === resolving || args.namespace === imported || path === configPath) return undefined
        const found = await build.resolve(path, { kind, resolveDir, pluginData: resolving })
        return found.errors.length > 0 ? found : { path: found.path, namespace: imported }
      })
      build.onLoad({ filter: /.*/, namespace: imported }, ({ path }) => ({
        contents: `
          import definition from ${quoted(path)}
          import { definitions } from ${quoted(list)}
          const folder = ${quoted(dirname(path))}
          definitions.push({ folder, definition })
          export default { componentDefinitionPath: folder, defaultName: definition.export().name }
        `,
        resolveDir: dirname(path),
      }))
    },
  }
}

/** Marks the plugin's own question where a path leads. */
const resolving = Symbol('resolving')

function quoted(text: string): string {
  return JSON.stringify(text)
}
