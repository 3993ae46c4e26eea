/** Reads a machine's settings file: what is right in it holds, what is wrong is named with its line and key. */
import * as z from 'zod'
import { FleetFile, MachineSettings, SETTING_NAMES } from '../../contract/fleet.contract.ts'
import { nearest } from '../../domain/typo.ts'
import { JsonError, readJson, type PositionedJson } from './positioned-json.ts'

export interface FleetProblem {
  /** From 1. */
  line: number
  /** `settings.theme`, '' for the file as a whole. */
  key: string
  message: string
}

export interface Fleet {
  file: FleetFile
  problems: FleetProblem[]
}

export const NO_FLEET: Fleet = { file: { version: 1 }, problems: [] }

/** A value that is wrong is left out, the others hold: a slip of the pen must not unlock everything. */
export function readFleet(text: string): Fleet {
  let json: PositionedJson
  try {
    json = readJson(text)
  } catch (error) {
    if (!(error instanceof JsonError)) throw error
    return {
      ...NO_FLEET,
      problems: [{ line: error.line, key: '', message: `column ${error.column}: ${error.message}` }],
    }
  }
  const problems: FleetProblem[] = []
  const tell = (path: readonly PropertyKey[], message: string) =>
    problems.push({ line: json.lineOf(path), key: path.map(String).join('.'), message })
  let value = json.value
  // Each round takes out what was found wrong; what is left is right or found wrong for another reason.
  for (;;) {
    const parsed = FleetFile.safeParse(value, { reportInput: true })
    if (parsed.success) return { file: parsed.data, problems: problems.toSorted((a, b) => a.line - b.line) }
    const found = parsed.error.issues.flatMap(wrongPlaces)
    for (const { path, message } of found) tell(path, message)
    const next = found.reduce((whole, { path }) => without(whole, path), value)
    if (next === undefined || typeof next !== 'object' || (next as { version?: unknown }).version === undefined)
      return { ...NO_FLEET, problems }
    value = next
  }
}

interface Wrong {
  path: readonly PropertyKey[]
  message: string
}

function wrongPlaces(issue: z.core.$ZodIssue): Wrong[] {
  if (issue.path[0] === 'locked' && issue.path.length === 2)
    return [{ path: issue.path, message: `no setting${perhaps(String(issue.input), SETTING_NAMES)}` }]
  if (issue.code !== 'unrecognized_keys') return [{ path: issue.path, message: issue.message }]
  return issue.keys.map((key) => {
    const known = keysAt(issue.path)
    const listed = known.length > 0 ? `; known are ${known.join(', ')}` : ''
    return { path: [...issue.path, key], message: `unknown key${perhaps(key, known)}${listed}` }
  })
}

/** The word that was perhaps meant, as the end of a sentence. */
function perhaps(typed: string, known: readonly string[]): string {
  const words = known.map((word) => ({ word, count: 1 }))
  const meant = nearest(typed, words)
  return meant ? `, perhaps “${meant}”` : ''
}

const keysAt = (path: readonly PropertyKey[]): string[] =>
  path.length === 0
    ? Object.keys(FleetFile.shape)
    : path[0] === 'settings' && path.length === 1
      ? Object.keys(MachineSettings.shape)
      : path[0] === 'enrol'
        ? ['codeFile', 'deskName']
        : []

/**
 * The value without what stands at a path. A setting, a list's entry and a key of the file go as a whole: half a printer
 * route is none.
 */
function without(value: unknown, path: readonly PropertyKey[]): unknown {
  const [key, ...rest] = path
  if (key === undefined || typeof value !== 'object' || value === null) return undefined
  if (Array.isArray(value)) return value.filter((_, at) => at !== key)
  const record = value as Record<string, unknown>
  const { [String(key)]: under, ...others } = record
  const deeper = rest.length > 0 && (key === 'settings' || key === 'locked')
  return deeper ? { ...others, [String(key)]: without(under, key === 'settings' ? rest.slice(0, 1) : rest) } : others
}
