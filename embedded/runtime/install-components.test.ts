import { expect, test } from 'vitest'
import type { ComponentDefinition, EnvBinding } from './component-definition.ts'
import { installComponents } from './install-components.ts'

const nothing: ComponentDefinition = { children: [], declared: new Map() }
const use = (name: string, folder = 'leaf', env: Record<string, EnvBinding> = {}) => ({
  name,
  folder,
  env: new Map(Object.entries(env)),
})
const wants = (name: string, isOptional = false): ComponentDefinition => ({
  children: [],
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
    { path: 'a', folder: 'outer', env: {} },
    { path: 'a/inner', folder: 'leaf', env: {} },
    { path: 'b', folder: 'outer', env: {} },
    { path: 'b/inner', folder: 'leaf', env: {} },
  ])
})

test('a variable is a text, or one of the parent’s; what is optional may be missing', () => {
  const env = (binding: EnvBinding, optional = false) =>
    install([use('a', 'leaf', { KEY: binding })], { leaf: wants('KEY', optional) }, { OF_APP: 'x', OTHER: 'y' })[0]?.env
  expect(env({ type: 'value', value: 'text' })).toEqual({ KEY: 'text' })
  expect(env({ type: 'envVar', name: 'OF_APP' })).toEqual({ KEY: 'x' })
  expect(env({ type: 'envVar', name: 'UNSET' }, true)).toEqual({})
})

test.each([
  ['a name that is taken', [use('a'), use('a')], /Two components are installed as 'a'/],
  ['a name with a slash', [use('a/b')], /'a\/b' cannot be a component's name/],
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
    children: [],
    declared: new Map([['LEVEL', { type: { type: 'literal', value: 'quiet' }, isOptional: false }]]),
  }
  expect(() => install(children, { leaf: nothing, wants: wants('KEY'), level })).toThrow(message)
})
