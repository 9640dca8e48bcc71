/** Prints a text that grows, each part once. A text that does not go on from what was printed starts on a new line. */
export function printGrowing(write: (text: string) => void): (text: string) => void {
  let printed = ''
  return (text) => {
    if (text.startsWith(printed)) write(text.slice(printed.length))
    else if (!printed.startsWith(text)) write(`\n\n${text}`)
    else return
    printed = text
  }
}
