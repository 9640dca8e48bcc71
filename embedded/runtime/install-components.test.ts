import { expect, test } from 'vitest'
import type { ComponentDefinition, EnvBinding } from './component-definition.ts'
import { installComponents } from './install-components.ts'

const nothing: ComponentDefinition = { children: [], declared: new Map(), httpPrefix: null }
const use = (
  name: string,
  folder = 'leaf',
  env: Record<string, EnvBinding> = {},
  httpPrefix: string | null = null,
) => ({
  name,
  folder,
  env: new Map(Object.entries(env)),
  httpPrefix,
})
const wants = (name: string, isOptional = false): ComponentDefinition => ({
  ...nothing,
  declared: new Map([[name, { type: { type: 'string' }, isOptional }]]),
})
const install = (
  children: ComponentDefinition['children'],
  components: Record<string, ComponentDefinition> = { leaf: nothing },
  env: Record<string, string> = {},
) => installComponents({ app: { ...nothing, children }, components: new Map(Object.entries(components)) }, env)

test('components are named by their place, the outer one first', () => {
  const outer = { ...nothing, children: [use('inner')] }
  expect(install([use('a', 'outer'), use('b', 'outer')], { outer, leaf: nothing })).toEqual([
    { path: 'a', folder: 'outer', env: {}, httpPrefix: null },
    { path: 'a/inner', folder: 'leaf', env: {}, httpPrefix: null },
    { path: 'b', folder: 'outer', env: {}, httpPrefix: null },
    { path: 'b/inner', folder: 'leaf', env: {}, httpPrefix: null },
  ])
})

test('a variable is a text, or one of the parent’s; what is optional may be missing', () => {
  const env = (binding: EnvBinding, optional = false) =>
    install([use('a', 'leaf', { KEY: binding })], { leaf: wants('KEY', optional) }, { OF_APP: 'x', OTHER: 'y' })[0]?.env
  expect(env({ type: 'value', value: 'text' })).toEqual({ KEY: 'text' })
  expect(env({ type: 'envVar', name: 'OF_APP' })).toEqual({ KEY: 'x' })
  expect(env({ type: 'envVar', name: 'UNSET' }, true)).toEqual({})
})

test('a component is told where its own HTTP routes are', () => {
  const outer = { ...nothing, children: [use('inner', 'leaf', {}, '/in/')] }
  const children = [use('a', 'outer', {}, '/of-a'), use('b')]
  const env = { CONVEX_CLOUD_URL: 'http://cloud', CONVEX_SITE_URL: 'http://site' }
  expect(install(children, { outer, leaf: nothing }, env)).toMatchObject([
    { path: 'a', httpPrefix: '/of-a/', env: { CONVEX_CLOUD_URL: 'http://cloud', CONVEX_SITE_URL: 'http://site/of-a' } },
    { path: 'a/inner', httpPrefix: '/in/', env: { CONVEX_SITE_URL: 'http://site/of-a/in' } },
    { path: 'b', httpPrefix: null, env: { CONVEX_SITE_URL: 'http://site' } },
  ])
})

test.each([
  ['a name that is taken', [use('a'), use('a')], /Two components are installed as 'a'/],
  ['a name with a slash', [use('a/b')], /'a\/b' cannot be a component's name/],
  [
    'a prefix that is taken',
    [use('a', 'leaf', {}, '/x'), use('b', 'leaf', {}, '/x/')],
    /The components 'a' and 'b' are both given the httpPrefix '\/x\/'/,
  ],
  ['a prefix that is no path', [use('a', 'leaf', {}, '/x/*')], /'\/x\/\*' cannot be an httpPrefix/],
  ['a config that is not there', [use('a', 'nowhere')], /The component 'a' has no config in nowhere/],
  ['a variable it does not declare', [use('a', 'leaf', { X: { type: 'value', value: '' } })], /declares no .* X/],
  ['a variable that is missing', [use('a', 'wants')], /'a' needs the environment variable KEY, which is not set/],
  [
    'a value of another type',
    [use('a', 'level', { LEVEL: { type: 'value', value: 'loud' } })],
    /'a' cannot take the value of the environment variable LEVEL/,
  ],
])('refused: %s', (_name, children, message) => {
  const level: ComponentDefinition = {
    ...nothing,
    declared: new Map([['LEVEL', { type: { type: 'literal', value: 'quiet' }, isOptional: false }]]),
  }
  expect(() => install(children, { leaf: nothing, wants: wants('KEY'), level })).toThrow(message)
})
