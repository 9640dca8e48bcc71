import { lstat, mkdtemp, symlink } from 'node:fs/promises'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { freeProfile, isHeld } from './profile-lock.ts'

describe('the lock of a browser profile', () => {
  test.each([
    ['a living process here', 'my-host-12', true],
    ['a dead process here', 'my-host-13', false],
    ['another host', 'other-12', false],
    ['nonsense', 'x', false],
  ])('%s', (_name, holder, held) => {
    expect(isHeld(holder, 'my-host', (pid) => pid === 12)).toBe(held)
  })

  test.each([
    ['kept while its process lives', `${hostname()}-${process.pid}`, true],
    ['removed when it is of another host', `not-${hostname()}-1`, false],
  ])('is %s', async (_name, holder, kept) => {
    const profile = await mkdtemp(join(tmpdir(), 'gloss-profile-'))
    await symlink(holder, join(profile, 'SingletonLock'))
    await freeProfile(profile)
    const there = await lstat(join(profile, 'SingletonLock')).then(
      () => true,
      () => false,
    )
    expect(there).toBe(kept)
  })
})
