/** Values a zod schema takes, drawn at random: ordinary, extreme and hostile ones, and those that really exist. */
import fc from 'fast-check'
import { safeParse, type z } from 'zod'

/** Texts that break careless code: names of objects' own parts, paths, markup, formulas, SQL, signs nobody sees. */
export const HOSTILE = [
  '__proto__',
  'constructor',
  'hasOwnProperty',
  '../../../etc/passwd',
  '..\\..\\windows\\system32',
  '/etc/passwd',
  'CON',
  '<img src=x onerror="window.injected=1">',
  '<script>window.injected=1</script>',
  '=HYPERLINK("http://evil.invalid","x")',
  `'; DROP TABLE outbox; --`,
  '"*" OR NEAR(',
  '%s%n%_',
  '\u0000',
  'a\u0000b',
  '\ud800',
  '\u202egpj.exe',
  '💥',
  '文化\u200b苦旅',
  '\r\nSet-Cookie: x=1',
  '${7*7}{{7*7}}',
  ' ',
] as const

interface Def {
  type: string
  format?: string
  checks?: { _zod: { def: Record<string, unknown> & { check: string } } }[]
  shape?: Record<string, z.core.$ZodType>
  innerType?: z.core.$ZodType
  element?: z.core.$ZodType
  keyType?: z.core.$ZodType
  valueType?: z.core.$ZodType
  options?: z.core.$ZodType[]
  values?: unknown[]
  entries?: Record<string, string | number>
}

/** What a member of that name had for a value in what the program said; drawn now and then. */
export type Known = (name: string) => readonly unknown[]

/** A schema's own kind that is not drawn here is a mistake of the test. */
export function arbitraryOf(schema: z.core.$ZodType, known: Known = () => [], name = ''): fc.Arbitrary<unknown> {
  const def = schema._zod.def as unknown as Def
  const inside = (inner: z.core.$ZodType) => arbitraryOf(inner, known, name)
  switch (def.type) {
    case 'string':
      return real(stringOf(def), schema, known(name))
    case 'number':
      return real(numberOf(def), schema, known(name))
    case 'boolean':
      return fc.boolean()
    case 'literal':
      return fc.constantFrom(...(def.values ?? []))
    case 'enum':
      return fc.constantFrom(...Object.values(def.entries ?? {}))
    case 'unknown':
      return fc.anything({ maxDepth: 2 })
    case 'null':
      return fc.constant(null)
    case 'nullable':
      return fc.oneof({ weight: 3, arbitrary: inside(def.innerType!) }, fc.constant(null))
    case 'optional':
    case 'default':
      return fc.oneof({ weight: 3, arbitrary: inside(def.innerType!) }, fc.constant(undefined))
    // What it catches is made too: a newer centre's words.
    case 'catch':
      return fc.oneof({ weight: 3, arbitrary: inside(def.innerType!) }, fc.string({ maxLength: 40 }))
    case 'union':
      return fc.oneof(...def.options!.map(inside))
    case 'array':
      return fc.array(inside(def.element!), lengths(def, 8))
    case 'record':
      return fc.dictionary(inside(def.keyType!) as fc.Arbitrary<string>, inside(def.valueType!), { maxKeys: 4 })
    case 'object': {
      const members = Object.entries(def.shape ?? {}).map(
        ([key, inner]) => [key, arbitraryOf(inner, known, key)] as const,
      )
      // What is left out is left out, as in JSON.
      return fc
        .record(Object.fromEntries(members))
        .map((made) => Object.fromEntries(Object.entries(made).filter(([, value]) => value !== undefined)))
    }
    default:
      throw new Error(`no arbitrary for ${def.type} (${name})`)
  }
}

/** Two draws in three take what exists under that name, where anything does and the schema lets it through. */
function real(made: fc.Arbitrary<unknown>, schema: z.core.$ZodType, known: readonly unknown[]): fc.Arbitrary<unknown> {
  const there = known.filter((value) => safeParse(schema, value).success)
  return there.length === 0 ? made : fc.oneof({ weight: 1, arbitrary: made }, { weight: 2, arbitrary: fc.constantFrom(...there) }) // prettier-ignore
}

/** What a check of the schema says, where it has that check. */
const told = ({ checks = [] }: Def, check: string, key: string): number | undefined =>
  checks.map(({ _zod }) => _zod.def).find((one) => one.check === check)?.[key] as number | undefined

function lengths(def: Def, most: number): { minLength: number; maxLength: number } {
  const minLength = told(def, 'min_length', 'minimum') ?? 0
  return { minLength, maxLength: Math.max(minLength, Math.min(most, told(def, 'max_length', 'maximum') ?? most)) }
}

function stringOf(def: Def): fc.Arbitrary<string> {
  switch (def.format) {
    case 'uuid':
      return fc.uuid()
    case 'base64':
      return fc.oneof(fc.constant(''), fc.uint8Array({ maxLength: 60 }).map((bytes) => Buffer.from(bytes).toString('base64'))) // prettier-ignore
    case 'date':
      return fc.constantFrom('2026-02-28', '0001-01-01', '1900-01-01', '2024-02-29', '9999-12-31')
    case 'cidrv4':
      return fc.constantFrom('10.0.0.0/8', '0.0.0.0/0')
    case 'cidrv6':
      return fc.constantFrom('2001:da8::/32', '::/0')
  }
  const pattern = def.checks?.map(({ _zod }) => _zod.def['pattern']).find((one) => one instanceof RegExp)
  if (pattern) return fc.stringMatching(pattern).filter((text) => pattern.test(text))
  const { minLength, maxLength } = lengths(def, 3000)
  const fits = (text: string) => text.length >= minLength && text.length <= maxLength
  const short = fc.string({ unit: 'binary', minLength, maxLength: Math.min(maxLength, minLength + 20) }).filter(fits)
  return fc.oneof(fc.constantFrom(...HOSTILE.filter(fits), 'x'.repeat(maxLength)), short)
}

function numberOf(def: Def): fc.Arbitrary<number> {
  const low = told(def, 'greater_than', 'value') ?? -9
  const high = told(def, 'less_than', 'value') ?? Number.MAX_SAFE_INTEGER
  const near = { min: low, max: Math.min(high, low + 100) }
  if (def.format !== 'safeint') return fc.double({ ...near, noNaN: true })
  return fc.oneof(fc.constantFrom(low, high), fc.integer(near))
}
