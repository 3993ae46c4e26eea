/** What stands above each group of rows. */
import type { TFunction } from 'i18next'
import type { ReactNode } from 'react'
import type { QueueGroup } from '../../../electron/contract/core.contract.ts'
import { beijingDay, count, day } from '../../app/format.ts'

interface Words {
  t: TFunction
  language: string
  now: number
  /** A library's name by its id. */
  nameOf: (id: string) => string
}

const NAMED = ['late', 'today', 'later', 'none']

function titleOf(key: string, by: 'due' | 'partner', { t, language, now, nameOf }: Words): string {
  if (by === 'partner') return nameOf(key)
  if (NAMED.includes(key)) return t(`queue.group.${key}`)
  const at = Number(key)
  return beijingDay(at) - beijingDay(now) === 1
    ? t('queue.group.tomorrow')
    : t('queue.group.day', { day: day(at, language, now) })
}

function GroupHead({ group, by, words }: { group: QueueGroup; by: 'due' | 'partner'; words: Words }) {
  return (
    <>
      <span className="ell">{titleOf(group.key, by, words)}</span>
      <span className="font-normal text-ink-3">{count(group.count, words.language)}</span>
      {group.key === 'late' && by === 'due' && (
        <span className="ell font-normal text-ink-3">{words.t('queue.lateHint')}</span>
      )}
    </>
  )
}

/** @returns heads with the row before which each stands; groups that the rows no longer bear out are left away */
export function groupHeads(
  groups: readonly QueueGroup[],
  by: 'due' | 'partner' | null,
  total: number,
  words: Words,
): { key: string; before: number; node: ReactNode }[] {
  if (by === null) return []
  let before = 0
  const heads = groups.map((group) => {
    const head = {
      key: `${group.key}-${before}`,
      before,
      // Of hundreds of groups only those in view are put into words.
      node: <GroupHead group={group} by={by} words={words} />,
    }
    before += group.count
    return head
  })
  return heads.filter((head) => head.before < total)
}
