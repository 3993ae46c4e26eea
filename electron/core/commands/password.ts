/** A password for a command: never an argument, which would stand in the list of processes. */
import { readFileSync } from 'node:fs'

/** Text without its line end, as editors leave one. */
const plain = (text: string) => text.replace(/\r?\n$/, '')

/**
 * Out of a file (`-`: standard input), of BALIS_DESK_PASSWORD, or asked for where a person sits at a terminal.
 * @returns null when there is none of these
 */
export async function passwordFrom(file: string | undefined, prompt: string): Promise<string | null> {
  if (file !== undefined) return plain(readFileSync(file === '-' ? 0 : file, 'utf8')) || null
  const given = process.env['BALIS_DESK_PASSWORD']
  if (given) return given
  return process.stdin.isTTY ? askUnseen(prompt) : null
}

/** What is typed does not show. Ctrl+C gives up. */
function askUnseen(prompt: string): Promise<string | null> {
  const { stdin, stderr } = process
  stdin.setRawMode(true)
  stderr.write(prompt)
  stdin.setEncoding('utf8')
  return new Promise((resolve) => {
    let typed = ''
    const end = (answer: string | null) => {
      stdin.off('data', take)
      stdin.setRawMode(false)
      stdin.pause()
      stderr.write('\n')
      resolve(answer || null)
    }
    function take(text: string): void {
      for (const char of text) {
        if (char === '\r' || char === '\n' || char === '\u0004') return end(typed)
        if (char === '\u0003') return end(null)
        typed = char === '\u007f' || char === '\b' ? [...typed].slice(0, -1).join('') : typed + char
      }
    }
    stdin.on('data', take)
  })
}
