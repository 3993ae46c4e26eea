/** JSON with the line of every key, so that a mistake in a file written by hand is named where it stands. */

export class JsonError extends Error {
  /** From 1. */
  readonly line: number
  readonly column: number
  constructor(message: string, line: number, column: number) {
    super(message)
    this.line = line
    this.column = column
  }
}

export interface PositionedJson {
  value: unknown
  /** The line (from 1) on which a value stands, or the nearest one around it: `['settings', 'theme']`. */
  lineOf(path: readonly PropertyKey[]): number
}

/** @throws JsonError also for a key that stands twice */
export function readJson(text: string): PositionedJson {
  const lines = new Map<string, number>()
  let at = text.startsWith('\uFEFF') ? 1 : 0

  function fail(message: string, where = at): never {
    const before = text.slice(0, where).split('\n')
    throw new JsonError(message, before.length, before.at(-1)!.length + 1)
  }
  const blanks = () => {
    while (/[ \t\r\n]/.test(text[at] ?? '')) at++
  }
  const expect = (char: string) => {
    blanks()
    if (text[at] !== char)
      fail(at >= text.length ? `${char} is missing at the end` : `${char} expected, ${text[at]} found`)
    at++
  }
  function string(): string {
    const found = /"(?:[^"\\\u0000-\u001f]|\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4}))*"/y
    found.lastIndex = at
    const [literal] = found.exec(text) ?? fail('a text does not end, or holds a single backslash (write \\\\ in Windows paths)') // prettier-ignore
    at += literal.length
    return JSON.parse(literal) as string
  }
  /** Things between commas. */
  function each(end: string, one: () => void): void {
    at++
    blanks()
    if (text[at] === end) return void at++
    for (;;) {
      one()
      blanks()
      if (text[at] === end) return void at++
      if (text[at] !== ',') fail(`, or ${end} expected`)
      at++
      blanks()
      if (text[at] === end) fail('no comma before the end')
    }
  }
  function value(path: readonly PropertyKey[]): unknown {
    blanks()
    lines.set(keyOf(path), text.slice(0, at).split('\n').length)
    const char = text[at]
    if (char === '{') {
      const object: Record<string, unknown> = Object.create(null) as Record<string, unknown>
      each('}', () => {
        blanks()
        const start = at
        if (text[at] !== '"') fail('a key in quotes expected')
        const key = string()
        if (key in object) fail(`“${key}” stands twice`, start)
        expect(':')
        object[key] = value([...path, key])
      })
      return { ...object }
    }
    if (char === '[') {
      const list: unknown[] = []
      each(']', () => list.push(value([...path, list.length])))
      return list
    }
    if (char === '"') return string()
    const literal = /-?(0|[1-9]\d*)(\.\d+)?([eE][+-]?\d+)?|true|false|null/y
    literal.lastIndex = at
    const [found] = literal.exec(text) ?? fail('a value expected')
    at += found.length
    return JSON.parse(found)
  }

  blanks()
  if (at >= text.length) fail('the file is empty')
  const whole = value([])
  blanks()
  if (at < text.length) fail('something stands after the end')
  return {
    value: whole,
    lineOf(path) {
      for (let length = path.length; length >= 0; length--) {
        const line = lines.get(keyOf(path.slice(0, length)))
        if (line !== undefined) return line
      }
      return 1
    },
  }
}

const keyOf = (path: readonly PropertyKey[]) => JSON.stringify(path.map(String))
