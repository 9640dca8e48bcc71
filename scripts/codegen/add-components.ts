export type InstalledComponent = {
  name: string
  /** What `_generated/component.js` is imported from: a package, or a path beside `convex/`. */
  from: string
}

/** The generated `api.js` and `api.d.ts` with `components`, as Convex itself writes them. */
export function addComponents(
  { js, dts }: { js: string; dts: string },
  installed: readonly InstalledComponent[],
): { js: string; dts: string } {
  const types = installed.map(
    ({ name, from }) => `  ${name}: import("${from}/_generated/component.js").ComponentApi<"${name}">;\n`,
  )
  return {
    js: `${js.replace('import { anyApi }', 'import { anyApi, componentsGeneric }')}export const components = componentsGeneric();\n`,
    dts: `${dts}\nexport declare const components: {\n${types.join('')}};\n`,
  }
}
