import type { JSONValue } from 'convex/values'
import type { ComponentDefinition, ComponentUse, DeclaredVariable, EnvBinding } from './component-definition.ts'
import { childComponent } from './function-path.ts'
import type { Definitions } from './load-definitions.ts'

/** A component as it is installed: the same one may be, under two names. */
export interface Installation {
  /** The names from the app down: `outer/inner`. */
  readonly path: string
  readonly folder: string
  /** What its functions see as `process.env`. */
  readonly env: Readonly<Record<string, string>>
  /** Where its HTTP routes lie among those of the one that installs it, with a slash at both ends; null: nowhere. */
  readonly httpPrefix: string | null
}

type Env = Readonly<Record<string, string>>

/**
 * All components below the app, each before those it installs itself. `env` is the app's environment; null when no
 * function will run, and variables may be missing. Throws one sentence when a name or an `httpPrefix` cannot be one or is
 * taken, or when a variable that is declared is missing.
 */
export function installComponents({ app, components }: Definitions, env: Env | null): Installation[] {
  if (env !== null) checkVariables('The app', app, env)
  return installChildren(app, '', env)

  function installChildren(parent: ComponentDefinition, parentPath: string, parentEnv: Env | null): Installation[] {
    const names = parent.children.map(({ name }) => name)
    return parent.children.flatMap((use, position) => {
      const path = childComponent(parentPath, use.name)
      if (!/^[A-Za-z][A-Za-z0-9_]*$/.test(use.name)) throw new Error(`'${use.name}' cannot be a component's name.`)
      if (names.indexOf(use.name) !== position) {
        throw new Error(`Two components are installed as '${path}'; give one another name in convex.config.ts.`)
      }
      const definition = components.get(use.folder)
      if (definition === undefined) throw new Error(`The component '${path}' has no config in ${use.folder}.`)
      const httpPrefix = mountPrefix(use, parent)
      const own = parentEnv && {
        ...addresses(env ?? {}, parentEnv, httpPrefix),
        ...environmentOf(path, use, definition, parentEnv),
      }
      return [{ path, folder: use.folder, env: own ?? {}, httpPrefix }, ...installChildren(definition, path, own)]
    })
  }
}

function mountPrefix({ name, httpPrefix }: ComponentUse, parent: ComponentDefinition): string | null {
  if (httpPrefix === null) return null
  const prefix = normalizePrefix(httpPrefix)
  const others = parent.children.filter((other) => other.name !== name && other.httpPrefix !== null)
  const other = others.find((use) => use.httpPrefix !== null && normalizePrefix(use.httpPrefix) === prefix)
  if (other === undefined) return prefix
  throw new Error(
    `The components '${name}' and '${other.name}' are both given the httpPrefix '${prefix}'; ` +
      'give one another prefix in convex.config.ts.',
  )
}

/** With a slash at both ends. Throws when it can be no beginning of a path. */
export function normalizePrefix(httpPrefix: string): string {
  if (!/^\/[^*?#\s]*$/.test(httpPrefix)) throw new Error(`'${httpPrefix}' cannot be an httpPrefix.`)
  return httpPrefix.endsWith('/') ? httpPrefix : `${httpPrefix}/`
}

/** Convex sets these for components too; who has HTTP routes finds them at this `CONVEX_SITE_URL`. */
function addresses(appEnv: Env, parentEnv: Env, httpPrefix: string | null): Env {
  const { CONVEX_CLOUD_URL: cloudUrl, CONVEX_SITE_URL: appUrl } = appEnv
  const siteUrl = httpPrefix === null ? appUrl : `${parentEnv['CONVEX_SITE_URL'] ?? ''}${httpPrefix.slice(0, -1)}`
  return {
    ...(cloudUrl !== undefined && { CONVEX_CLOUD_URL: cloudUrl }),
    ...(appUrl !== undefined && siteUrl !== undefined && { CONVEX_SITE_URL: siteUrl }),
  }
}

/** What the component declares and its parent gives. */
function environmentOf(path: string, use: ComponentUse, definition: ComponentDefinition, parentEnv: Env): Env {
  const given = [...use.env].flatMap(([name, binding]): [string, string][] => {
    if (!definition.declared.has(name)) {
      throw new Error(`The component '${path}' declares no environment variable ${name}, but is given one.`)
    }
    const value = valueOf(binding, parentEnv)
    return value === undefined ? [] : [[name, value]]
  })
  const env = Object.fromEntries(given)
  checkVariables(`The component '${path}'`, definition, env)
  return env
}

function valueOf(binding: EnvBinding, parentEnv: Env): string | undefined {
  return binding.type === 'value' ? binding.value : parentEnv[binding.name]
}

function checkVariables(who: string, { declared }: ComponentDefinition, env: Env): void {
  for (const [name, { type, isOptional }] of declared) {
    const value = env[name]
    if (value === undefined) {
      if (isOptional) continue
      throw new Error(`${who} needs the environment variable ${name}, which is not set.`)
    }
    if (!fits(type, value)) throw new Error(`${who} cannot take the value of the environment variable ${name}.`)
  }
}

/** The types that a variable can have: a string, one string, or a union of such. */
function fits(type: DeclaredVariable['type'], value: JSONValue): boolean {
  if (type.type === 'union') return type.value.some((member) => fits(member, value))
  return type.type === 'literal' ? type.value === value : type.type === 'string'
}
