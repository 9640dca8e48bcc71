/** Whether two addresses are the same page: a fragment is another place on it, unless it is a route (`#/`, `#!`). */
export function samePage(a: string | undefined, b: string | undefined): boolean {
  if (a === undefined || b === undefined) return false
  return withoutPlace(a) === withoutPlace(b)
}

function withoutPlace(address: string): string {
  const url = URL.parse(address)
  if (!url) return address
  if (!/^#[/!]/.test(url.hash)) url.hash = ''
  return url.href
}
