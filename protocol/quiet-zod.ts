import { config } from 'zod'

/** Zod compiles validators with `new Function` where it may, and tries whether it may: the strict policy reports that. */
config({ jitless: true })
