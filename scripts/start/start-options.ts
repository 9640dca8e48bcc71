import { CommandError } from '../terminal/command-error.ts'

/** The page that `npm start` was asked to open, or undefined for the sample page. */
export function parseStartArguments(args: readonly string[]): URL | undefined {
  const [address, ...more] = args
  if (address === undefined) return undefined
  if (more.length > 0) {
    throw new CommandError(
      `Gloss opens one page, and ${args.length} were given: name one, or none for the sample page.`,
    )
  }
  const url = URL.canParse(address) ? new URL(address) : undefined
  if (url?.protocol === 'http:' || url?.protocol === 'https:') return url
  throw new CommandError(
    `"${address}" is not a web address: give one that starts with https:// or http://, or none for the sample page.`,
  )
}

/** Whether a window can be shown. Elsewhere than on Linux there always is a display. */
export function findDisplay(platform: NodeJS.Platform, env: NodeJS.ProcessEnv): 'none' | 'wayland' | 'yes' {
  if (env['GLOSS_HEADLESS']) return 'none'
  if (platform !== 'linux' || env['DISPLAY']) return 'yes'
  return env['WAYLAND_DISPLAY'] ? 'wayland' : 'none'
}
