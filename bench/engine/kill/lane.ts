import { copyFile, mkdir, mkdtemp, rm } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { RunningEngine } from '../../../embedded/testing.ts'
import { now } from '../../../tests/support/provider/recorded-request.ts'
import type { Random } from '../../random.ts'
import { discard, sameAgain, startProject } from '../project-engine.ts'
import { inspectData } from './inspect-data.ts'
import { judgeLedger, type Judged } from './judge-ledger.ts'
import { PatientAgent } from './patient-agent.ts'
import { Writer } from './writer.ts'

/** The engine dies at a random moment up to so long after the first acknowledgement since its start. */
const LATEST_KILL_MS = 250

/** One death: when it came, and what the disk held right after it. */
export interface Death extends Judged {
  readonly afterMs: number
  readonly acknowledged: number
  readonly problems: readonly string[]
}

export interface LaneResult {
  readonly deaths: readonly Death[]
  /** When all is over: every mutation was acknowledged, and is there exactly once. */
  readonly end: Death
  readonly mutations: number
  /** Of the data after the end, for planted defects; removed with the lane. */
  readonly copyOfData: string
}

/** One engine on one folder that is killed again and again, and the client that writes to it all the while. */
export class Lane implements AsyncDisposable {
  readonly #folder: string
  #engine: RunningEngine
  /** Pending while there is no engine. */
  #up: Promise<unknown> = Promise.resolve()
  readonly #writer: Writer

  private constructor(folder: string, engine: RunningEngine) {
    this.#folder = folder
    this.#engine = engine
    this.#writer = new Writer(engine.url, new PatientAgent(async () => await this.#up))
  }

  static async open(): Promise<Lane> {
    const folder = await mkdtemp(join(tmpdir(), 'bench-kill-'))
    await mkdir(join(folder, 'copy'))
    return new Lane(folder, await startProject({ dataDir: join(folder, 'data') }))
  }

  async run(times: number, random: Random, onDeath: (death: Death) => void): Promise<LaneResult> {
    const deaths: Death[] = []
    for (let time = 0; time < times; time += 1) {
      await this.#writer.nextAcknowledged()
      const begun = now()
      await sleep(random.next() * LATEST_KILL_MS)
      const restart = Promise.withResolvers<void>()
      this.#up = restart.promise
      await this.#engine.kill()
      const afterMs = now() - begun
      // A copy: the next engine is to find the log as the dead one left it.
      const copy = await this.#copy()
      const [engine, inspected] = await Promise.all([startProject(sameAgain(this.#engine)), this.#inspect(copy)])
      this.#engine = engine
      const death = { afterMs, ...inspected }
      restart.resolve()
      deaths.push(death)
      onDeath(death)
    }
    const mutations = await this.#writer.finish()
    await this.#engine.stop()
    const copyOfData = await this.#copy()
    return { deaths, end: { afterMs: 0, ...(await this.#inspect(copyOfData)) }, mutations, copyOfData }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.#writer.close()
    await discard(this.#engine)
    await rm(this.#folder, { recursive: true, force: true })
  }

  async #inspect(copy: string): Promise<Omit<Death, 'afterMs'>> {
    // What comes while the copy is looked at is not in it.
    const acknowledged = new Set(this.#writer.acknowledged)
    const { keys, problems } = await inspectData(copy)
    return { ...judgeLedger(keys, acknowledged), acknowledged: acknowledged.size, problems }
  }

  async #copy(): Promise<string> {
    const copy = join(this.#folder, 'copy', 'data.sqlite')
    for (const suffix of ['', '-wal', '-shm']) {
      await rm(copy + suffix, { force: true })
      const from = join(this.#engine.dataDir, `data.sqlite${suffix}`)
      // The shared memory is not copied: it holds nothing that the log does not.
      if (suffix !== '-shm' && existsSync(from)) await copyFile(from, copy + suffix)
    }
    return copy
  }
}

export function isWhole({ lost, doubled, problems }: Death): boolean {
  return lost === 0 && doubled === 0 && problems.length === 0
}
