import { delimiter, join } from 'node:path'

/** Branded Chrome is not here: from version 137 on it refuses `--load-extension`. */
const COMMANDS = [
  'chromium',
  'chromium-browser',
  'ungoogled-chromium',
  'chrome-for-testing',
  'google-chrome-for-testing',
]

const APPLICATIONS: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome for Testing.app/Contents/MacOS/Google Chrome for Testing',
  ],
}

/** Paths where a usable browser may lie, best first. Pure: none of them is looked at. */
export function browserCandidates(platform: NodeJS.Platform, searchPath: string, playwright: string): string[] {
  const folders = searchPath.split(delimiter).filter(Boolean)
  const onPath = COMMANDS.flatMap((command) => folders.map((folder) => join(folder, command)))
  return [...onPath, ...(APPLICATIONS[platform] ?? []), playwright]
}
