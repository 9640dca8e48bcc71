/** Work that stands still after each step, so that whoever does it can give way in between. */
export type Steps<Result> = Generator<undefined, Result, undefined>

export function allAtOnce<Result>(steps: Steps<Result>): Result {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
  }
}

/** @param turn see `pace` */
export async function inTurns<Result>(steps: Steps<Result>, turn: () => Promise<void> | undefined): Promise<Result> {
  for (;;) {
    const step = steps.next()
    if (step.done === true) return step.value
    const due = turn()
    if (due) await due
  }
}

/** One step for each item. */
export function* mapSteps<Item, Result>(items: readonly Item[], convert: (item: Item) => Result): Steps<Result[]> {
  const results: Result[] = []
  for (const item of items) {
    yield
    results.push(convert(item))
  }
  return results
}
