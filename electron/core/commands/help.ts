/** Pages of help, one a command, as manual pages are laid out; the same pages make docs/command-line.md. */
import { COMMON, EXIT, type Command, type Exit, type Option } from './command.ts'

const EXITS: Readonly<Record<Exit, string>> = {
  [EXIT.done]: 'done',
  [EXIT.notWell]: 'done, and something is not as it should be',
  [EXIT.usage]: 'wrong use; the usage is on standard error',
  [EXIT.offline]: 'the centre could not be reached',
  [EXIT.failed]: 'failed; the code of the error is on standard error',
}
const WIDTH = 100

export function overview(commands: Readonly<Record<string, Command>>): string {
  const longest = Math.max(...Object.keys(commands).map((name) => name.length))
  const lines = Object.entries(commands).map(([name, { summary }]) => `  ${name.padEnd(longest)}  ${summary}`)
  return [
    'usage: desk COMMAND [--data DIR] [--json]',
    '',
    'The desk without a window. A desk that is open in a window is closed first.',
    '',
    ...lines,
    '',
    'exit codes: 0 done, 1 not as it should be, 2 wrong use, 3 the centre could not be reached, 4 failed',
    'desk COMMAND --help tells more.',
    '',
  ].join('\n')
}

export function page(name: string, command: Command): string {
  const own = 'runOwn' in command
  const exits = { ...(own ? {} : EXITS), ...command.exits }
  return [
    section('NAME', [`desk ${name} - ${command.summary}`]),
    section('SYNOPSIS', [`desk ${name} ${command.synopsis}`.trim()]),
    section('DESCRIPTION', wrap(command.about)),
    section('OPTIONS', optionLines({ ...command.options, ...(own ? {} : COMMON) })),
    section(
      'EXIT STATUS',
      Object.entries(exits).map(([code, text]) => `${code}  ${text}`),
    ),
    section(
      'EXAMPLES',
      (command.examples ?? []).map((line) => line),
    ),
  ]
    .filter((text) => text !== '')
    .join('\n')
}

/** The whole guide of the command line, for docs/. */
export function commandGuide(commands: Readonly<Record<string, Command>>): string {
  const pages = Object.entries(commands).map(
    ([name, command]) => `## ${name}\n\n\`\`\`text\n${page(name, command)}\`\`\`\n`,
  )
  return [
    '# The desk without a window',
    '',
    'Written by `npm run desk -- help --markdown`; a test holds it against the program. Run it as `npm run desk -- COMMAND`.',
    '',
    '```text',
    overview(commands).trimEnd(),
    '```',
    '',
    ...pages,
  ].join('\n')
}

function section(head: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : `${head}\n${lines.map((line) => (line === '' ? '' : `    ${line}`)).join('\n')}\n`
}

function optionLines(options: Readonly<Record<string, Option>>): string[] {
  const named = Object.entries(options).map(([name, { value, about }]) => [`--${name}${value ? ` ${value}` : ''}`, about] as const) // prettier-ignore
  const longest = Math.max(0, ...named.map(([name]) => name.length))
  return named.flatMap(([name, about]) =>
    wrap(about, WIDTH - longest - 6).map((line, at) => `${(at === 0 ? name : '').padEnd(longest)}  ${line}`),
  )
}

function wrap(text: string, width = WIDTH - 4): string[] {
  const lines: string[] = []
  for (const paragraph of text.split('\n')) {
    let line = ''
    for (const word of paragraph.split(' ')) {
      if (line !== '' && line.length + 1 + word.length > width) {
        lines.push(line)
        line = word
      } else line = line === '' ? word : `${line} ${word}`
    }
    lines.push(line)
  }
  return lines
}
