import { z } from 'zod'
import type { Progress } from '../terminal/progress.ts'
import { findFreePort, isPortFree } from './free-port.ts'
import type { StateFolder } from './state-folder.ts'

const portNumber = z.number().int().min(1024).max(65_535)
const portsSchema = z.object({ engine: portNumber, site: portNumber, sample: portNumber })

/** The sample page's port is kept too: the address of a page is how its conversations are found again. */
export type Ports = z.infer<typeof portsSchema>

const NAMES = { engine: 'the engine', site: "the engine's HTTP routes", sample: 'the sample page' } as const

/** The ports of the last run, where they are still free; others where they are not, and then it says so. */
export async function choosePorts(folder: StateFolder, progress: Progress): Promise<Ports> {
  const kept = portsSchema
    .partial()
    .catch({})
    .parse(await folder.readJson('ports.json'))
  const ports: Partial<Ports> = {}
  for (const name of ['engine', 'site', 'sample'] as const) {
    const before = kept[name]
    const taken = Object.values(ports)
    if (before !== undefined && !taken.includes(before) && (await isPortFree(before))) {
      ports[name] = before
      continue
    }
    do ports[name] = await findFreePort()
    while (taken.includes(ports[name]))
    if (before !== undefined) progress.say(`Port ${before} is taken: ${NAMES[name]} uses ${ports[name]} from now on.`)
  }
  const chosen = portsSchema.parse(ports)
  await folder.writeJson('ports.json', chosen)
  return chosen
}
