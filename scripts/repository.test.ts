import { execFileSync } from 'node:child_process'
import { existsSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'

const root = join(import.meta.dirname, '..')
const tracked = execFileSync('git', ['ls-files', '-z'], { cwd: root, encoding: 'utf8' }).split('\0').filter(Boolean)
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const texts = tracked.filter((path) => existsSync(join(root, path)) && !/\.(png|ico|woff2?)$/.test(path))
const sources = texts.filter((path) => /\.(tsx?|mjs)$/.test(path) && !path.startsWith('convex/_generated/'))
const documents = texts.filter((path) => path.endsWith('.md'))

/** Where a pattern stands, as `file:line: text`. */
function findings(paths: readonly string[], pattern: RegExp): string[] {
  return paths.flatMap((path) =>
    read(path)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}: ${line.trim().slice(0, 120)}`] : [])),
  )
}

const manifest = z.object({ scripts: z.record(z.string(), z.string()) }).parse(JSON.parse(read('package.json')))

describe('commands', () => {
  const named = documents.flatMap((path) =>
    [...read(path).matchAll(/npm (?:run )?(start|test|check|build|bench|codegen|format|[a-z]+:[a-z]+)\b/g)].map(
      ([, name = '']): [string, string] => [name, path],
    ),
  )

  test('the README names some', () =>
    expect(named.filter(([, path]) => path === 'README.md').length).toBeGreaterThan(4))

  test.each(named)('npm %s, of %s, exists', (name) => expect(Object.keys(manifest.scripts)).toContain(name))

  test('run files that are there', () => {
    const run = Object.values(manifest.scripts).flatMap((line) => line.match(/\b(scripts|bench)\/[\w./-]+/g) ?? [])
    expect(run.filter((path) => !tracked.includes(path))).toEqual([])
  })

  test.each(['start', 'test', 'check', 'build', 'bench'])('npm %s installs first, by itself', (name) => {
    expect(manifest.scripts[`pre${name}`]).toBe('node scripts/install.mjs')
  })
})

describe('documents', () => {
  const links = documents.flatMap((path) =>
    [...read(path).matchAll(/\]\((?!https?:|mailto:|#)([^)#\s]+)/g)].map(([, target = '']): [string, string] => [
      path,
      target,
    ]),
  )

  test.each(links)('%s links to %s, which is there', (path, target) => {
    expect(existsSync(join(root, dirname(path), target))).toBe(true)
  })
})

describe('what is committed', () => {
  test('names no place of one machine', () => {
    expect(findings(texts, /(^|[\s'"`(=:])\/(work|tmp|root|home\/\w+|Users\/\w+)\//)).toEqual([])
  })

  test('names no package registry', () => {
    expect(findings(texts, new RegExp(['registry', '(npmjs|yarnpkg|npmmirror)'].join('\\.')))).toEqual([])
    expect(findings(['package-lock.json'], /"resolved": "http/)).toEqual([])
  })

  test('holds no secret of a start', () => {
    expect(tracked.filter((path) => /(^|\/)(local\.json|pairing\.json|\.env.*)$/.test(path))).toEqual([])
  })
})

describe('sources', () => {
  const self = 'scripts/repository.test.ts'
  const others = sources.filter((path) => path !== self)

  test.each([
    ['lie to the compiler nowhere', /\bas unknown as\b|@ts-(ignore|nocheck)|\bas any\b/],
    ['swallow no error', /catch\s*(\([^)]*\))?\s*\{\s*\}/],
    ['leave no test out', /\b(test|it|describe)\.(skip|todo|only|fails)\b/],
  ])('%s', (_name, pattern) => expect(findings(others, pattern)).toEqual([]))

  test('reach over no wall by a dynamic import', () => {
    const app = others.filter((path) => /^(components|entrypoints|page|protocol|convex)\//.test(path))
    const outside = app.filter((path) => !path.startsWith('convex/ai/'))
    expect(findings(app, /import\((['"`])(\.\.\/)+embedded\//)).toEqual([])
    expect(findings(outside, /import\((['"`])(ai|@ai-sdk\/[^'"`]+)\1/)).toEqual([])
    expect(findings(app, /import\((['"`])streamdown\1/)).toEqual([])
    expect(
      findings(
        others.filter((path) => path.startsWith('embedded/')),
        /import\((['"`])(\.\.\/)+(convex|protocol|components)\//,
      ),
    ).toEqual([])
  })

  test('stand in no drawer for anything', () => {
    expect(tracked.filter((path) => /(^|\/)(utils?|helpers?|misc|common)\//.test(path))).toEqual([])
  })
})

describe('public functions of convex/', () => {
  const modules = sources.filter((path) => /^convex\/\w+\.ts$/.test(path) && path !== 'convex/functions.ts')
  const builders = /^(userQuery|userMutation|internalQuery|internalMutation|internalAction|openHttpAction|httpRouter)$/
  const made = modules.flatMap((path) =>
    [...read(path).matchAll(/^export (?:const (\w+)|default)[^=\n]*= (\w+)\(/gm)].map(
      ([, name = 'default', builder = '']) => ({
        name: `${path} ${name}`,
        builder,
      }),
    ),
  )

  test('are found', () => expect(made.length).toBeGreaterThan(10))

  test.each(made.filter(({ builder }) => /query|mutation|action/i.test(builder)))(
    '$name is made by $builder',
    ({ builder }) => {
      expect(builder).toMatch(builders)
    },
  )
})
