/** The published contract is the one the schemas say, and the reference centre serves exactly its calls. */
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { openApi, openApiText } from '../../electron/centre/openapi.ts'
import { OP_KINDS } from '../../electron/contract/ops.contract.ts'

type Document = {
  openapi: string
  paths: Record<string, Record<string, { parameters: { name: string }[]; responses: Record<string, unknown> }>>
  components: { schemas: Record<string, { oneOf?: { properties: { kind: { const: string } } }[] }> }
}
const made = openApi() as unknown as Document

it('the document in the repository is up to date (node electron/centre/openapi.ts)', () => {
  const kept = readFileSync(new URL('../../electron/centre/openapi.json', import.meta.url), 'utf8')
  expect(JSON.parse(kept)).toEqual(JSON.parse(openApiText()))
})

it('every operation is described with its arguments', () => {
  expect(made.components.schemas.Op!.oneOf!.map((one) => one.properties.kind.const)).toEqual(OP_KINDS)
})

it('every reference leads somewhere', () => {
  const refs = [...JSON.stringify(made).matchAll(/"#\/components\/schemas\/(\w+)"/g)].map((found) => found[1]!)
  expect(refs.length).toBeGreaterThan(30)
  for (const name of refs) expect(Object.keys(made.components.schemas)).toContain(name)
})

it('every call of a desk says what an unknown protocol gets', () => {
  const calls = Object.values(made.paths).flatMap((of) => Object.values(of))
  const ofDesks = calls.filter(({ parameters }) => parameters.some(({ name }) => name === 'Desk-Protocol'))
  // All but the reader's link.
  expect(ofDesks).toHaveLength(calls.length - 1)
  for (const call of ofDesks) expect(Object.keys(call.responses)).toContain('426')
})
