import { Random } from '../random.ts'
import { quantile } from '../streaming/lag.ts'
import { isWhole, Lane, type Death } from './kill/lane.ts'
import { plantedDefects } from './kill/planted-defects.ts'
import type { Part } from './part.ts'

const DEATHS = 200
/** Engines at a time: while one client waits to connect again, the other writes. */
const LANES = 2
const NOTE_EVERY = 20

/** `kill -9` at random moments of a client's writing. */
export const kill: Part = async ({ seed, note }) => {
  await using stack = new AsyncDisposableStack()
  const lanes = await Promise.all(Array.from({ length: LANES }, async () => await Lane.open()))
  for (const lane of lanes) stack.use(lane)
  let count = 0
  const onDeath = (death: Death): void => {
    count += 1
    if (!isWhole(death)) note(`death ${count}: ${describe(death)}`)
    if (count % NOTE_EVERY === 0) note(`${count} of ${DEATHS} deaths`)
  }
  const results = await Promise.all(
    lanes.map(async (lane, at) => await lane.run(DEATHS / LANES, new Random(seed + at), onDeath)),
  )
  const deaths = results.flatMap((result) => result.deaths)
  const all = [...deaths, ...results.map(({ end }) => end)]
  const moments = deaths.map(({ afterMs }) => afterMs)
  const [first] = results
  const planted =
    first === undefined ? [] : await plantedDefects(first.copyOfData, new Set(Array(first.mutations).keys()))
  return {
    figures: [
      {
        name: 'kill_lost',
        value: all.reduce((sum, { lost, doubled }) => sum + lost + doubled, 0),
        digits: 0,
        target: { exactly: 0 },
      },
      { name: 'kill_ok', value: deaths.filter(isWhole).length, digits: 0, target: { exactly: DEATHS } },
    ],
    planted,
    notes: [
      `seed ${seed}; ${results.reduce((sum, { mutations }) => sum + mutations, 0)} mutations; killed ${quantile(moments, 0).toFixed(0)} to ${quantile(moments, 1).toFixed(0)} ms (half of them by ${quantile(moments, 0.5).toFixed(0)} ms) after the first acknowledgement since the start`,
      'durability: normal (write-ahead log, synchronous=NORMAL): every commit survives the death of the process; of the last moments before a power cut some may be lost',
      `after the last start: ${results.every((result) => isWhole(result.end)) ? 'every mutation is there exactly once' : results.map((result) => describe(result.end)).join('; ')}`,
    ],
  }
}

function describe({ afterMs, acknowledged, lost, doubled, problems }: Death): string {
  return `${afterMs.toFixed(0)} ms, ${acknowledged} acknowledged, ${lost} lost, ${doubled} doubled${problems.map((problem) => `, ${problem}`).join('')}`
}
