/**
 * An expression for a page: begins to send messages from the page to itself, to and fro without a pause, and gives what
 * they tell. `longest` is the longest time, in milliseconds, that one was kept waiting by a task of the page's thread;
 * `next()` resolves with the message that comes next, by which the task before it is counted; `end()` ends it. The
 * browser's own list of long tasks leaves out those that an extension or a test begins, and is empty where scripts are
 * off.
 */
export const taskTicker = `(() => {
  const { port1, port2 } = new MessageChannel()
  let last = performance.now()
  let waiting = []
  const ticker = {
    longest: 0,
    next: () => new Promise((resolve) => waiting.push(resolve)),
    end: () => port1.close(),
  }
  port1.onmessage = () => {
    const now = performance.now()
    ticker.longest = Math.max(ticker.longest, now - last)
    last = now
    port2.postMessage(null)
    for (const resolve of waiting.splice(0)) resolve()
  }
  port2.postMessage(null)
  return ticker
})()`
