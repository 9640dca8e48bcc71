/** A moment that may pass while something else is waited for, or while nothing lets a timer run. */
export class Deadline implements Disposable {
  readonly #late = Promise.withResolvers<undefined>()
  readonly #timer: ReturnType<typeof setTimeout>
  readonly #endsAt: number

  constructor(ms: number) {
    this.#endsAt = performance.now() + ms
    this.#timer = setTimeout(() => this.#late.resolve(undefined), ms)
  }

  /** What the work resolves to, or `undefined` when it comes too late. */
  async for<T>(work: Promise<T>): Promise<T | undefined> {
    const done = await Promise.race([work, this.#late.promise])
    return performance.now() < this.#endsAt ? done : undefined
  }

  [Symbol.dispose](): void {
    clearTimeout(this.#timer)
  }
}
