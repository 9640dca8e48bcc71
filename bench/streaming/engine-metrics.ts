import { readdir, stat } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import type { RunningEngine } from '../../embedded/testing.ts'

const metricsSchema = z.object({
  written: z.record(z.string(), z.object({ documents: z.number(), bytes: z.number() })),
  runs: z.record(z.string(), z.number()),
  bytesRead: z.record(z.string(), z.number()),
  bytesRaw: z.number(),
  bytesWire: z.number(),
})

/** What an engine has done since its start. Document sizes are `getDocumentSize`; wire bytes go out to sync clients. */
export interface Metrics {
  readonly written: Readonly<Record<string, number>>
  readonly bytesWritten: number
  readonly bytesRead: number
  readonly runs: Readonly<Record<string, number>>
  readonly wireRaw: number
  readonly wireSent: number
  /** SQLite's files: the database and its write-ahead log. */
  readonly disk: number
}

export async function readMetrics({ url, adminKey, dataDir }: RunningEngine): Promise<Metrics> {
  const response = await fetch(`${url}/api/embedded/metrics`, { headers: { authorization: `Convex ${adminKey}` } })
  const { written, runs, bytesRead, bytesRaw, bytesWire } = metricsSchema.parse(await response.json())
  const byTable = Object.fromEntries(Object.entries(written).map(([table, { bytes }]) => [table, bytes]))
  return {
    written: byTable,
    bytesWritten: sum(byTable),
    bytesRead: sum(bytesRead),
    runs,
    wireRaw: bytesRaw,
    wireSent: bytesWire,
    disk: await folderBytes(dataDir),
  }
}

/** What happened between two readings. */
export function difference(after: Metrics, before: Metrics): Metrics {
  return {
    written: subtract(after.written, before.written),
    bytesWritten: after.bytesWritten - before.bytesWritten,
    bytesRead: after.bytesRead - before.bytesRead,
    runs: subtract(after.runs, before.runs),
    wireRaw: after.wireRaw - before.wireRaw,
    wireSent: after.wireSent - before.wireSent,
    disk: after.disk - before.disk,
  }
}

function subtract(
  after: Readonly<Record<string, number>>,
  before: Readonly<Record<string, number>>,
): Record<string, number> {
  const entries = Object.entries(after).map(([name, value]) => [name, value - (before[name] ?? 0)] as const)
  return Object.fromEntries(entries.filter(([, value]) => value !== 0))
}

function sum(values: Readonly<Record<string, number>>): number {
  return Object.values(values).reduce((total, value) => total + value, 0)
}

async function folderBytes(folder: string): Promise<number> {
  const names = await readdir(folder, { recursive: true })
  const sizes = await Promise.all(names.map(async (name) => await stat(join(folder, name))))
  return sizes.reduce((total, entry) => total + (entry.isFile() ? entry.size : 0), 0)
}
