import type { BrowserContext, Page } from 'playwright-core'

/** Chromium's words for what its policy refused; they reach the console whether or not the page listens. */
const POLICY = /content security policy|refused to (load|connect|execute|apply|frame)/i

/**
 * Collects what goes wrong in pages of the extension, from the first moment of each: violations of the content security
 * policy, errors and rejections that nobody caught, and what React or the Convex client print as an error.
 */
export async function watchProblems(context: BrowserContext, origin: string, problems: string[]): Promise<void> {
  await context.addInitScript((own) => {
    if (location.origin !== own) return
    addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
      console.error(`Content Security Policy: ${violatedDirective} refused ${blockedURI}`)
    })
  }, origin)
  const watch = (page: Page): void => {
    const ours = (): boolean => page.url().startsWith(origin)
    page.on('pageerror', (error) => {
      if (ours()) problems.push(`uncaught: ${error.message}`)
    })
    page.on('console', (message) => {
      if (ours() && POLICY.test(message.text())) problems.push(message.text())
    })
  }
  for (const page of context.pages()) watch(page)
  context.on('page', watch)
}
