export function keepCompiledCode(): void
export function saveCompiledCode(): void
/** @param keptFiles how many names `folder` may hold, its own folders included */
export function emptyWhenFull(folder: string, keptFiles: number): void
