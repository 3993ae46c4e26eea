/** A request from a newer centre, made readable: states this version does not know become the first one it knows. */
import { RequestRow } from '../contract/centre.contract.ts'

const UNKNOWN_STATE = 'invalid_value'

/** True when nothing is wrong with a row but states or codes that a newer centre may have added (rule C6). */
export const onlyUnknownStates = (issues: readonly { code: string }[]): boolean =>
  issues.every((issue) => issue.code === UNKNOWN_STATE)

/** @returns the row to show read-only, or undefined when it is no readable request at all */
export function legibleRequest(raw: unknown): RequestRow | undefined {
  const parsed = RequestRow.safeParse(raw)
  if (parsed.success) return parsed.data
  const copy = structuredClone(raw)
  for (const issue of parsed.error.issues) {
    if (issue.code !== UNKNOWN_STATE) return undefined
    const owner = issue.path.slice(0, -1).reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown>)[key], copy)
    ;(owner as Record<PropertyKey, unknown>)[issue.path.at(-1)!] = issue.values[0]
  }
  return RequestRow.safeParse(copy).data
}
