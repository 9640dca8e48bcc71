import { defineUnlistedScript } from 'wxt/utils/define-unlisted-script'
import { capturePage } from '../page/capture-page.ts'

// Injected by scripting.executeScript, which hands the promise's value to whoever injected it. An unlisted script
// rather than a content script: it adds nothing to the manifest, and WXT's content script context announces itself to
// the page.
export default defineUnlistedScript({ main: () => capturePage(window) })
