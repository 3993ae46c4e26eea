import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import i18next from 'i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import type { QueueRow } from '../../../electron/contract/core.contract.ts'
import { COMMAND_IDS, spec, useChosenKeys } from '../../../renderer/app/commands.ts'
import { mayHave } from '../../../renderer/features/settings/key-choice.ts'
import { dueText } from '../../../renderer/app/due.ts'
import { cutMiddle, moment, size, span } from '../../../renderer/app/format.ts'
import { chordOf } from '../../../renderer/app/keymap.ts'
import { queryOf, VIEWS } from '../../../renderer/features/queue/query.ts'
import { primaryAction } from '../../../renderer/features/request/actions.ts'
import { eventText } from '../../../renderer/features/request/Timeline.tsx'
import { hits } from '../../../renderer/ui/Highlight.tsx'
import { QueueQuery } from '../../../electron/contract/core.contract.ts'

const text = (name: string) =>
  JSON.parse(
    readFileSync(fileURLToPath(new URL(`../../../renderer/i18n/${name}.json`, import.meta.url)), 'utf8'),
  ) as object
beforeAll(async () => {
  await i18next.init({
    lng: 'zh-CN',
    resources: { 'zh-CN': { translation: text('zh-CN') }, en: { translation: text('en') } },
    interpolation: { escapeValue: false },
  })
})
const zh = () => i18next.getFixedT('zh-CN')
const en = () => i18next.getFixedT('en')
const at = (beijing: string) => Date.parse(`${beijing}+08:00`)
const NOW = at('2026-11-20T11:40:00')

describe('the words of the clock', () => {
  const row = (change: Partial<QueueRow>) =>
    ({ urgency: 'safe', promiseAt: NOW, dueAt: null, status: 'WillSupply', ...change }) as QueueRow
  it('says how late, how much is left, and by which day', () => {
    expect(dueText(row({ urgency: 'late', promiseAt: NOW - 25 * 3_600_000 }), NOW, zh(), 'zh-CN')).toBe(
      '逾期 1 天 1 时',
    )
    expect(dueText(row({ urgency: 'today', promiseAt: NOW + 12_000_000 }), NOW, zh(), 'zh-CN')).toBe('剩 3 时 20 分')
    expect(dueText(row({ promiseAt: at('2026-11-26T17:00:00') }), NOW, en(), 'en')).toBe('by 26 Nov')
  })
  it('counts a deadline at midnight to the day that ends with it', () =>
    expect(dueText(row({ promiseAt: at('2026-11-26T00:00:00') }), NOW, en(), 'en')).toBe('by 25 Nov'))
  it('shows how a finished request ended', () =>
    expect(dueText(row({ urgency: 'done', status: 'CopyCompleted' }), NOW, zh(), 'zh-CN')).toBe('满足'))
  it('shows times in Beijing, wherever the computer thinks it is', () =>
    expect(moment(at('2026-11-20T00:30:00'), 'zh-CN', NOW, zh())).toBe('今天 00:30'))
  it('uses the singular in English', () => expect(span(3_600_000, en())).toBe('1 hour'))
})

describe('sizes and numbers', () => {
  it('are short', () => {
    expect(size(1_040_000, 'en')).toBe('1 MB')
    expect(size(26_400_000, 'zh-CN')).toBe('26.4 MB')
    expect(size(812, 'en')).toBe('812 B')
  })
  it('long codes lose their middle, never their end', () =>
    expect(cutMiddle('B-RD-320E83F299134D7E-12', 18)).toMatch(/^B-RD-.*D7E-12$/))
})

describe('the next thing to do with a request', () => {
  const of = (change: Partial<QueueRow>) =>
    primaryAction({
      id: 'x',
      title: '',
      service: 'copy',
      stage: 'queued',
      can: [],
      cancelAsked: false,
      complaint: false,
      role: 'supplier' as const,
      notified: false,
      dueAt: null,
      ...change,
    })
  it('is never something core does not allow', () => expect(of({ can: [] })).toBeNull())
  it('is accepting, then the pull slip, then scanning, then sending', () => {
    expect(of({ can: ['claim', 'accept', 'scan', 'printPullSlip'] })).toBe('accept')
    expect(of({ can: ['scan', 'printPullSlip'] })).toBe('printPullSlip')
    expect(of({ stage: 'pulled', can: ['scan', 'printPullSlip'] })).toBe('scan')
    expect(of({ stage: 'ready', can: ['scan', 'fulfil'] })).toBe('fulfil')
  })
  it('is the check for a pulled book and packing for a checked one', () => {
    expect(of({ service: 'loan', stage: 'pulled', can: ['bindItem', 'pack'] })).toBe('bindItem')
    expect(of({ service: 'loan', stage: 'checked', can: ['bindItem', 'pack'] })).toBe('pack')
  })
  it('of a borrowed book is taking it in, lending it, taking it back', () => {
    expect(of({ service: 'loan', stage: 'handed_over', can: ['lost', 'received', 'renewAsk'] })).toBe('received')
    expect(of({ service: 'loan', stage: 'at_borrower', can: ['pack', 'lentToReader', 'renewAsk'] })).toBe(
      'lentToReader',
    )
    expect(of({ service: 'loan', stage: 'at_borrower', can: ['returnedByReader', 'renewAsk'] })).toBe(
      'returnedByReader',
    )
  })
  it('of a loan that is out is the asked renewal, then its return, even where a volume of its set may still follow', () => {
    expect(of({ service: 'loan', stage: 'at_borrower', can: ['bindItem', 'checkedIn'] })).toBe('checkedIn')
    expect(of({ service: 'loan', stage: 'at_borrower', can: ['checkedIn', 'renewAnswer'] })).toBe('renewAnswer')
  })
  it('is the answer, when the other side asks to cancel', () =>
    expect(of({ cancelAsked: true, can: ['accept', 'answerCancel'] })).toBe('answerCancel'))
})

describe('search highlights', () => {
  it('mark every word, width and case folded, without overlaps', () => {
    expect(hits('大学英语 ABC', '大学 abc')).toEqual([[0, 2], [5, 8]]) // prettier-ignore
    expect(hits('ＡＢＣ', 'abc')).toEqual([[0, 3]])
    expect(hits('aaa', 'aa a')).toEqual([[0, 3]])
  })
})

describe('commands', () => {
  it('share no key within one screen', () => {
    const everywhere = COMMAND_IDS.filter((id) => /^(app|go)\./.test(id))
    // On the scan desk undo is of the pages: the one command that stands before a general one.
    const before: Record<string, string> = { copy: 'app.undo' }
    for (const group of ['queue', 'copy', 'tray', 'loan']) {
      const keys = [...everywhere.filter((id) => id !== before[group]), ...COMMAND_IDS.filter((id) => id.startsWith(`${group}.`))].flatMap((id) => [spec(id).keys ?? [], spec(id).also ?? []].flat()) // prettier-ignore
      expect(new Set(keys).size, group).toBe(keys.length)
    }
  })
  it('are found by chord, whatever the keyboard says about shift', () => {
    const press = (key: string, mods: Partial<KeyboardEvent> = {}) =>
      chordOf({ key, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...mods })
    expect(press('r')).toBe('R')
    expect(press('R', { shiftKey: true })).toBe('Shift+R')
    expect(press('?', { shiftKey: true })).toBe('?')
    expect(press('k', { ctrlKey: true })).toBe('Ctrl+K')
    expect(press('F2', { shiftKey: true })).toBe('Shift+F2')
  })
})

describe('views of the queue', () => {
  it('ask only what the contract knows', () => {
    for (const view of VIEWS)
      expect(QueueQuery.safeParse(queryOf({ view, sort: 'due' }, ' 大学 ')).success, view).toBe(true)
  })
  it('search everywhere without a filter', () =>
    expect(queryOf({ view: 'mine', sort: 'due', everywhere: true }, 'x').filter).toEqual({}))
})

describe('history', () => {
  it('puts codes into words', () => {
    expect(eventText('printed', 'pullSlip 2', zh())).toBe('取书单 第 2 份')
    expect(eventText('bindItem', '1 00871234', zh())).toBe('第 1 册 00871234')
    expect(eventText('cannotSupply', 'NotOnShelf', en())).toBe('Not on shelf')
    expect(eventText('note', '请看附件', zh())).toBe('请看附件')
  })
})

describe('keys of one’s own', () => {
  it('are refused where another command of the same screen, or one of everywhere, has them', () => {
    expect(mayHave('queue.accept', 'N')).toEqual({ ok: false, reserved: false, by: 'queue.cannotSupply' })
    expect(mayHave('queue.accept', 'Ctrl+K')).toEqual({ ok: false, reserved: false, by: 'app.palette' })
    expect(mayHave('copy.rotate', 'N')).toEqual({ ok: true })
    expect(mayHave('queue.accept', 'Ctrl+Shift+Y')).toEqual({ ok: true })
  })
  it('never are those of scanners, lists and the system', () => {
    for (const chord of ['Tab', 'Escape', 'Ctrl+C', 'Ctrl+V', 'ArrowLeft'])
      expect(mayHave('queue.accept', chord)).toEqual({ ok: false, reserved: true })
  })
  it('take the place of the usual ones, and free them', () => {
    useChosenKeys.setState({ keys: { 'queue.accept': 'Ctrl+Shift+Y', 'queue.note': '' } })
    expect(spec('queue.accept').keys).toBe('Ctrl+Shift+Y')
    expect(spec('queue.note').keys).toBeUndefined()
    expect(mayHave('queue.claim', 'A')).toEqual({ ok: true })
    useChosenKeys.setState({ keys: {} })
    expect(spec('queue.accept').keys).toBe('A')
  })
})
