/** Chrome's `minimum_chrome_version` in the manifest says the same. */
const OLDEST_MAJOR = 123
/** From this version branded Chrome ignores `--load-extension`. */
const BRANDED_REFUSES_FROM = 137

export type BrowserVerdict = { ok: true; name: string; major: number } | { ok: false; why: string }

/**
 * Decides from what `BROWSER --version` printed whether that browser can load the extension.
 * @param output such as "Chromium 156.0.8078.79 built on Debian" or "Google Chrome for Testing 150.0.1.2"
 */
export function judgeBrowser(output: string): BrowserVerdict {
  const match = /^(?<name>[^\d\n]*?)\s*(?<major>\d+)\.\d+\.\d+/m.exec(output)
  const name = match?.groups?.['name']?.trim()
  const major = Number(match?.groups?.['major'])
  if (!name || !major) return { ok: false, why: 'it did not say which version it is' }
  if (major < OLDEST_MAJOR) return { ok: false, why: `${name} ${major} is too old, ${OLDEST_MAJOR} is needed` }
  const branded = /Google Chrome/.test(name) && !/for Testing/.test(name)
  if (branded && major >= BRANDED_REFUSES_FROM) {
    return { ok: false, why: `${name} ${major} does not load unpacked extensions from the command line` }
  }
  return { ok: true, name, major }
}
