/** Where a command tells what it did. */
export interface Output {
  /** A line on standard output. */
  print(line: string): void
  /** A line on standard error. */
  log(line: string): void
}
