/** One setting of a SANE device, as `scanimage -A` prints it. */
export interface SaneOption {
  name: string
  /** Short options (-l -t -x -y) take one dash and a separate value. */
  short: boolean
  kind: 'bool' | 'range' | 'enum' | 'free' | 'button'
  values: string[]
  min: number
  max: number
  step: number
  unit: string
  value: string
  /** False where the device does not offer it with its other settings as they are now. */
  active: boolean
  settable: boolean
}

const OPTION = /^ {4}(-{1,2})([A-Za-z][\w-]*)(\[=\((.*?)\)\]| (.*?))? \[(.*?)\]((?: \[[a-z-]+\])*)$/
const BUTTON = /^ {4}--([A-Za-z][\w-]*)$/
const RANGE = /^(-?[\d.]+)\.\.(-?[\d.]+)([a-zA-Z%]*)(?:,\.\.\.)?(?: \(in steps of ([\d.]+)\))?$/
const UNITS = /(dpi|mm|pel|bit|us|%)$/

/** Reads the output of `scanimage -A` (sane-backends 1.0.24 to 1.3). Lines it does not know are passed over. */
export function parseOptions(text: string): Map<string, SaneOption> {
  const options = new Map<string, SaneOption>()
  for (const line of text.split(/\r?\n/)) {
    const option = parseLine(line)
    if (option) options.set(option.name, option)
  }
  return options
}

function parseLine(line: string): SaneOption | null {
  const button = BUTTON.exec(line)
  const match = button ? null : OPTION.exec(line)
  if (!button && !match) return null
  const value = match?.[6] ?? ''
  const base: SaneOption = {
    name: (button?.[1] ?? match?.[2]) as string,
    short: match?.[1] === '-',
    kind: 'button',
    values: [],
    min: 0,
    max: 0,
    step: 0,
    unit: '',
    value,
    active: value !== 'inactive',
    settable: !/read-only|hardware/.test(match?.[7] ?? ''),
  }
  if (!match) return base
  if (match[4] !== undefined) return { ...base, kind: 'bool', values: match[4].split('|') }
  const constraint = match[5] ?? ''
  if (constraint === '') return base
  const range = RANGE.exec(constraint)
  if (range) {
    const [, min, max, unit, step] = range
    return { ...base, kind: 'range', min: Number(min), max: Number(max), unit: unit ?? '', step: Number(step ?? 0) }
  }
  if (/^<\w+>/.test(constraint)) return { ...base, kind: 'free' }
  const values = constraint.split('|')
  const last = values.at(-1) as string
  const unit = values.length > 1 || /^\d/.test(last) ? (UNITS.exec(last)?.[1] ?? '') : ''
  // A unit follows the last value only, and only numbers carry one.
  if (unit && /^-?[\d.]+$/.test(last.slice(0, -unit.length))) values[values.length - 1] = last.slice(0, -unit.length)
  return { ...base, kind: 'enum', values: values.filter((v) => v !== ''), unit }
}
