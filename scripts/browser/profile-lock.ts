import { readlink, rm } from 'node:fs/promises'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { isRunning } from '../local/process-table.ts'

/**
 * Takes away the lock of a Chromium that is gone. Chromium refuses a profile whose lock names another host, which is
 * what every new container is to the profile that the last one left.
 */
export async function freeProfile(profile: string): Promise<void> {
  const holder = await readlink(join(profile, 'SingletonLock')).catch(() => undefined)
  if (holder === undefined || isHeld(holder, hostname(), isRunning)) return
  for (const name of ['SingletonLock', 'SingletonSocket', 'SingletonCookie'])
    await rm(join(profile, name), { force: true })
}

/** @param holder what the lock points to: HOST-PID */
export function isHeld(holder: string, host: string, running: (pid: number) => boolean): boolean {
  const split = holder.lastIndexOf('-')
  return holder.slice(0, split) === host && running(Number(holder.slice(split + 1)))
}
