/** The screen's words for what stands in an exported list. Pure: from the texts of one language. */
import type { ListWords } from '../../electron/contract/core.contract.ts'

/** Where the words of a group of codes stand among the texts. */
const GROUPS: Readonly<Record<string, string | readonly string[]>> = {
  column: 'lists.column',
  service: 'service',
  status: 'status',
  stage: 'stage',
  op: 'op',
  reject: 'reject',
  outbox: 'outbox',
  printKind: 'printKind',
  printState: 'printState',
  printReason: 'printReason',
  traySource: 'traySource',
  bagState: 'bagState',
  manifestState: 'manifestState',
  anomaly: 'anomaly.event',
  anomalyState: 'anomaly.state',
  campusCheck: 'readers.check',
  availability: 'holdings.availability',
  registrationState: 'lists.registrationState',
  refusedState: 'lists.refusedState',
  arrived: 'lists.arrived',
  // An entry tells what was done, or what became of it.
  auditEvent: ['op', 'lists.auditEvent'],
}

/** @param texts of one language, as in i18n */
export function listWords(texts: object): ListWords {
  const words: ListWords = {}
  for (const [group, paths] of Object.entries(GROUPS))
    for (const path of [paths].flat())
      for (const [code, word] of Object.entries(at(texts, path)))
        if (typeof word === 'string') words[`${group}.${code}`] = word
  return words
}

const at = (texts: object, path: string): object =>
  path.split('.').reduce((node, key) => (node as Record<string, object>)[key]!, texts)
