import { now } from '../../tests/support/provider/recorded-request.ts'

/** Milliseconds of each of `count` runs, one after the other, after some that are not counted. */
export async function timeEach(
  count: number,
  warmUp: number,
  run: (index: number) => Promise<unknown>,
): Promise<number[]> {
  const times: number[] = []
  for (let index = 0; index < warmUp + count; index += 1) {
    const begun = now()
    await run(index)
    if (index >= warmUp) times.push(now() - begun)
  }
  return times
}
