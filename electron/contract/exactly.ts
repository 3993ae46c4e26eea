/**
 * A quick "yes" before the careful parser: tells whether a value out of JSON is already exactly what its schema would
 * make of it (nothing to fill in, nothing to strip), so that it can be used as it is. Rows of a feed come by the hundred
 * thousand and nearly all are like that; everything else, also every kind of schema not named here, goes to the schema.
 */
import type { z } from 'zod'

type Check = (value: unknown) => boolean
interface Def {
  type: string
  format?: string
  pattern?: RegExp
  checks?: { _zod: { def: { check: string; value?: number; inclusive?: boolean } & Record<string, unknown> } }[]
  shape?: Record<string, z.core.$ZodType>
  catchall?: z.core.$ZodType
  innerType?: z.core.$ZodType
  element?: z.core.$ZodType
  valueType?: z.core.$ZodType
  keyType?: z.core.$ZodType
  values?: unknown[]
  entries?: Record<string, string | number>
}

const never: Check = () => false
const defOf = (schema: z.core.$ZodType): Def => schema._zod.def as unknown as Def

/** @returns true only where `schema.parse(value)` succeeds with an equal result; false says nothing. Values out of JSON only. */
export function exactly(schema: z.core.$ZodType): Check {
  const def = defOf(schema)
  const { innerType, element } = def
  switch (def.type) {
    case 'string':
      // Formats that a pattern does not tell in full (URL, JWT …) are the schema's business.
      return def.format === undefined || def.format === 'uuid' ? both((value) => typeof value === 'string', def) : never
    case 'number':
      // Other kinds of numbers than whole ones have no use on the wire.
      return def.format === 'safeint' ? both(Number.isSafeInteger, def) : never
    case 'boolean':
      return (value) => typeof value === 'boolean'
    case 'unknown':
      return () => true
    case 'literal':
      return oneOf(def.values ?? [])
    case 'enum':
      return oneOf(Object.values(def.entries ?? {}))
    case 'nullable': {
      const inner = exactly(innerType!)
      return (value) => value === null || inner(value)
    }
    // A value that is left out would be filled in.
    case 'default':
      return exactly(innerType!)
    case 'array': {
      const each = exactly(element!)
      return both((value) => Array.isArray(value) && value.every(each), def)
    }
    case 'object':
      return objectCheck(def)
    case 'record': {
      const key = exactly(def.keyType!)
      const inner = exactly(def.valueType!)
      return (value) => isObject(value) && Object.keys(value).every((name) => key(name) && inner(value[name]))
    }
    default:
      return never
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

function oneOf(allowed: readonly unknown[]): Check {
  const set = new Set(allowed)
  return (value) => set.has(value)
}

function objectCheck({ shape = {}, catchall }: Def): Check {
  const open = catchall !== undefined && defOf(catchall).type === 'unknown'
  if (catchall && !open && defOf(catchall).type !== 'never') return never
  const required: [name: string, check: Check][] = []
  const optional: [name: string, check: Check][] = []
  for (const [name, schema] of Object.entries(shape)) {
    const { type, innerType } = defOf(schema)
    if (type === 'optional') optional.push([name, exactly(innerType!)])
    else required.push([name, exactly(schema)])
  }
  return (value) => {
    if (!isObject(value)) return false
    for (const [name, check] of required) if (!check(value[name])) return false
    let known = required.length
    for (const [name, check] of optional) {
      if (!Object.hasOwn(value, name)) continue
      if (!check(value[name])) return false
      known++
    }
    if (open) return !Object.hasOwn(value, '__proto__')
    for (const _ in value) if (--known < 0) return false
    return known === 0
  }
}

/** The type's own test and every check hung on it; one that is not known here makes it a "no". */
function both(type: Check, { checks = [], pattern }: Def): Check {
  const all: Check[] = [type]
  if (pattern) all.push(matches(pattern))
  for (const { _zod } of checks) all.push(checkOf(_zod.def))
  const [first, second, third] = all
  if (all.length === 1) return first!
  if (all.length === 2) return (value) => first!(value) && second!(value)
  if (all.length === 3) return (value) => first!(value) && second!(value) && third!(value)
  return (value) => all.every((check) => check(value))
}

const matches =
  (pattern: RegExp): Check =>
  (value) =>
    pattern.test(value as string)

function checkOf(def: { check: string; value?: number; inclusive?: boolean } & Record<string, unknown>): Check {
  const length = (value: unknown) => (value as string | unknown[]).length
  switch (def.check) {
    case 'min_length':
      return (value) => length(value) >= (def['minimum'] as number)
    case 'max_length':
      return (value) => length(value) <= (def['maximum'] as number)
    case 'greater_than':
      return (value) => (value as number) > def.value! || (def.inclusive === true && value === def.value)
    case 'less_than':
      return (value) => (value as number) < def.value! || (def.inclusive === true && value === def.value)
    case 'string_format':
      return def['format'] === 'regex' && !(def['pattern'] as RegExp).global ? matches(def['pattern'] as RegExp) : never
    default:
      return never
  }
}
