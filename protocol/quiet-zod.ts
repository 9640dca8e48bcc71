import { config, z } from 'zod'

// Zod compiles validators with `new Function` where it may, and tries whether it may: the strict policy reports that.
config({ jitless: true })

/**
 * Zod as every file of the extension takes it: from here, so that it is set before the first schema is made, in whatever
 * order the bundler puts the modules.
 */
export { z }
