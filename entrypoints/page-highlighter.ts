import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { showPassage } from '../page/anchor/show-passage.ts'

// A file that is injected takes no arguments: it leaves a function in the extension's own world of the page, which the
// panel then calls (components/page-context/highlight-quote.ts). The first one of a page stays: it knows what it painted,
// which the next quote takes the place of.
export default defineUnlistedScript({
  main: () => {
    globalThis.glossShowPassage ??= (request) => showPassage(document, request)
  },
})
