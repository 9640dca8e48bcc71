import type { BrowserContext } from 'playwright-core'
import { writePrivateFile } from '../local/state-folder.ts'

/** Page and panel side by side, as a person sees them, drawn by the browser itself. @param page, panel PNG, base64 */
export async function drawSummaryPicture(
  context: BrowserContext,
  { page, panel }: { page: string; panel: string },
  path: string,
): Promise<void> {
  const canvas = await context.newPage()
  try {
    await canvas.setContent(`<!doctype html>
      <style>
        body { margin: 0; }
        #picture { display: inline-flex; align-items: flex-start; overflow: hidden; background: #dadce0; gap: 1px; }
        img { display: block; zoom: 0.5; }
      </style>
      <div id="picture">
        <img src="data:image/png;base64,${page}" alt="">
        <img src="data:image/png;base64,${panel}" alt="">
      </div>`)
    await canvas.waitForFunction(() => [...document.images].every((image) => image.complete && image.naturalWidth > 0))
    // The panel has a title bar of its own above it, so that it is shorter than the page.
    await canvas.evaluate(() => {
      const shortest = Math.min(...[...document.images].map((image) => image.getBoundingClientRect().height))
      document.querySelector('#picture')?.setAttribute('style', `height: ${Math.floor(shortest)}px`)
    })
    await writePrivateFile(path, await canvas.locator('#picture').screenshot({ type: 'png' }))
  } finally {
    await canvas.close()
  }
}
