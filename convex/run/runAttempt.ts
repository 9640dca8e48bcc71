export async function runAttempt(..._: unknown[]): Promise<void> {}
