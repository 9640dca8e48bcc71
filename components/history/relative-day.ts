const DAY_MS = 24 * 60 * 60 * 1_000

/** When something was, as short as it can be told apart: a time today, a weekday this week, else a date. */
export function relativeDay(at: number, now: number, locale?: string): string {
  const then = new Date(at)
  const midnight = new Date(now).setHours(0, 0, 0, 0)
  if (at >= midnight) return then.toLocaleTimeString(locale, { hour: '2-digit', minute: '2-digit' })
  if (at >= midnight - 6 * DAY_MS) return then.toLocaleDateString(locale, { weekday: 'short' })
  return then.toLocaleDateString(locale, { day: 'numeric', month: 'short', year: 'numeric' })
}
