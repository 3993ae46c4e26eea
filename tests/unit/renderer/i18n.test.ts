import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import {
  Action,
  Connection,
  OutboxState,
  PrintKind,
  PrintState,
  Urgency,
} from '../../../electron/contract/core.contract.ts'
import { ERROR_CODES } from '../../../electron/contract/errors.ts'
import { OP_KINDS, RejectCode } from '../../../electron/contract/ops.contract.ts'
import { Condition, ReasonRetry, ReasonUnfilled, Stage, Status } from '../../../electron/contract/words.ts'
import { COMMAND_IDS } from '../../../renderer/app/commands.ts'
import { PLACES } from '../../../renderer/app/routes.ts'

const renderer = fileURLToPath(new URL('../../../renderer/', import.meta.url))
const PLURAL = /_(one|other)$/

function flat(node: unknown, prefix = ''): Map<string, string> {
  if (typeof node === 'string') return new Map([[prefix, node]])
  const entries = Object.entries(node as object).flatMap(([key, value]) => [
    ...flat(value, prefix ? `${prefix}.${key}` : key),
  ])
  return new Map(entries)
}
const load = (name: string) => flat(JSON.parse(readFileSync(join(renderer, 'i18n', name), 'utf8')))
const zh = load('zh-CN.json')
const en = load('en.json')
const has = (texts: Map<string, string>, key: string) => texts.has(key) || texts.has(`${key}_other`)

/** What texts.test.ts does not look at: the words of the contracts, and plurals. */
describe('texts of the interface', () => {
  it('have both plural forms in English', () => {
    for (const key of en.keys()) if (key.endsWith('_one')) expect(en.has(key.replace(PLURAL, '_other')), key).toBe(true)
  })

  it('cover every word of the contracts', () => {
    const wanted = [
      ...ERROR_CODES.map((code) => `error.${code}`),
      ...Action.options.map((action) => `action.${action}`),
      ...OP_KINDS.map((kind) => `op.${kind}`),
      ...RejectCode.options.map((code) => `reject.${code}`),
      ...Status.options.map((status) => `status.${status}`),
      ...Stage.options.map((stage) => `stage.${stage}`),
      ...Urgency.options.map((urgency) => `urgency.${urgency}`),
      ...OutboxState.options.map((state) => `outbox.${state}`),
      ...PrintKind.options.map((kind) => `printKind.${kind}`),
      ...PrintState.options.flatMap((state) => [`printState.${state}`, `printStateLong.${state}`]),
      ...[...ReasonUnfilled.options, ...ReasonRetry.options].map((reason) => `reason.${reason}`),
      ...Condition.options.map((condition) => `condition.${condition}`),
      ...Connection.options.filter((one) => one !== 'online').map((one) => `settings.connection.${one}`),
      ...PLACES.map((place) => `place.${place}`),
      ...COMMAND_IDS.map((id) => `command.${id}`),
    ]
    for (const key of wanted) for (const texts of [zh, en]) expect(has(texts, key), key).toBe(true)
  })

  it('never show a person a code for an error: the text says something else than its code', () => {
    for (const code of ERROR_CODES) for (const texts of [zh, en]) expect(texts.get(`error.${code}`)).not.toContain(code)
  })
})
