export type LaunchChoices = {
  /** The unpacked extension. */
  extension: string
  headless: boolean
  /** Only a Wayland display is there. */
  wayland: boolean
  /** Of the window, in CSS pixels. */
  width: number
  height: number
}

/** Chromium's command line for one unpacked extension whose toolbar button may be pressed through CDP. */
export function launchArguments({ extension, headless, wayland, width, height }: LaunchChoices): string[] {
  const always = [
    `--disable-extensions-except=${extension}`,
    `--load-extension=${extension}`,
    // Extensions.triggerAction needs it. CDP goes through a pipe that only we hold, so no port is opened by it.
    '--enable-unsafe-extension-debugging',
    '--hide-crash-restore-bubble',
    '--no-first-run',
    '--no-default-browser-check',
    `--window-size=${width},${height}`,
  ]
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync', '--disable-quic']
  const withoutDisplay = ['--headless=new', '--disable-gpu', '--hide-scrollbars', '--force-device-scale-factor=2']
  return [...always, ...quiet, ...(headless ? withoutDisplay : []), ...(wayland ? ['--ozone-platform=wayland'] : [])]
}
