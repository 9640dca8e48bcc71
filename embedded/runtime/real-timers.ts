/** The timers as they were when the engine was loaded: a test may put fake ones in their place later. */
export const { setTimeout, clearTimeout, setInterval, clearInterval, setImmediate } = globalThis
