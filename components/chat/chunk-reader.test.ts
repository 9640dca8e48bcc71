import { describe, expect, test, vi } from 'vitest'
import { ChunkReader } from './chunk-reader.ts'
import type { WindowSource } from './chunk-reader.ts'
import { nothingHeld, WINDOW_SIZE } from './reply-text.ts'
import type { Chunk } from './reply-text.ts'

/** A growing table of chunks that can be followed, and counts how it is read. */
class FakeChunks implements WindowSource {
  rows: Chunk[] = []
  reads = 0
  readonly followed = new Map<object, { from: number; onRows: (rows: readonly Chunk[]) => void }>()

  append(...added: string[]): void {
    for (const text of added) this.rows.push({ seq: this.rows.length, text })
    for (const { from, onRows } of this.followed.values()) onRows(this.window(from))
  }

  window(from: number): Chunk[] {
    return this.rows.filter(({ seq }) => seq >= from).slice(0, WINDOW_SIZE)
  }

  read = async (from: number): Promise<Chunk[]> => {
    this.reads += 1
    return await Promise.resolve(this.window(from))
  }

  follow = (from: number, onRows: (rows: readonly Chunk[]) => void): (() => void) => {
    const key = {}
    this.followed.set(key, { from, onRows })
    queueMicrotask(() => {
      if (this.followed.has(key)) onRows(this.window(from))
    })
    return () => this.followed.delete(key)
  }
}

function texts(from: number, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${from + index} `)
}

describe('ChunkReader', () => {
  test('follows a growing reply with one window open at a time', async () => {
    const chunks = new FakeChunks()
    const reader = new ChunkReader(chunks, nothingHeld(0))
    const stop = reader.subscribe(() => undefined)
    for (let at = 0; at < 50; at++) {
      chunks.append(...texts(at, 1))
      await vi.waitFor(() => expect(reader.held().nextSeq).toBe(at + 1))
      expect(chunks.followed.size).toBe(1)
    }
    expect(reader.held().text).toBe(texts(0, 50).join(''))
    expect(chunks.reads).toBe(0)
    stop()
    expect(chunks.followed.size).toBe(0)
  })

  test.each([0, 1, 7, 8, 9, 16, 128, 129, 1_000])('catches up with %i chunks already there', async (count) => {
    const chunks = new FakeChunks()
    chunks.append(...texts(0, count))
    const reader = new ChunkReader(chunks, nothingHeld(0))
    const stop = reader.subscribe(() => undefined)
    await vi.waitFor(() => expect(reader.held().nextSeq).toBe(count))
    chunks.append('end')
    await vi.waitFor(() => expect(reader.held().text).toBe(`${texts(0, count).join('')}end`))
    expect(chunks.followed.size).toBe(1)
    stop()
  })

  test('goes on from what was held, without reading it again', async () => {
    const chunks = new FakeChunks()
    chunks.append(...texts(0, 100))
    const reader = new ChunkReader(chunks, { nextSeq: 90, text: texts(0, 90).join('') })
    const stop = reader.subscribe(() => undefined)
    await vi.waitFor(() => expect(reader.held().text).toBe(texts(0, 100).join('')))
    stop()
  })

  test('stops reading when nobody listens, even in the middle of catching up', async () => {
    const chunks = new FakeChunks()
    chunks.append(...texts(0, 500))
    const reader = new ChunkReader(chunks, nothingHeld(0))
    const stop = reader.subscribe(() => undefined)
    await Promise.resolve()
    stop()
    const held = reader.held()
    await new Promise((done) => setTimeout(done, 10))
    expect(reader.held()).toBe(held)
    expect(chunks.followed.size).toBe(0)
  })
})
