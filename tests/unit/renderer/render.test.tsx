/** Parts and rows draw in both languages, from the same texts and tables as in the window. */
import { renderToStaticMarkup } from 'react-dom/server'
import { I18nProvider } from 'react-aria-components'
import i18next from 'i18next'
import { beforeAll, describe, expect, test } from 'vitest'
import { QueueColumn, type QueueColumns } from '../../../electron/contract/core.contract.ts'
import { startI18n } from '../../../renderer/app/i18n.ts'
import { PartsPlace } from '../../../renderer/features/parts/PartsPlace.tsx'
import { leastWidth, trackOf } from '../../../renderer/features/queue/columns.tsx'
import { groupHeads } from '../../../renderer/features/queue/group-heads.tsx'
import { QueueRowSkeleton, QueueRowView } from '../../../renderer/features/queue/QueueRowView.tsx'
import { fakeCore, NOW } from './fake-core.ts'

const ALL: QueueColumns = QueueColumn.options.map((id) => ({ id, width: null }))
const nothing = () => {}

beforeAll(() => startI18n('zh-CN'))

/** What a language's window draws, as text with its tags. */
function drawn(language: string, node: React.ReactNode): string {
  void i18next.changeLanguage(language)
  return renderToStaticMarkup(<I18nProvider locale={language === 'en' ? 'en-GB' : language}>{node}</I18nProvider>)
}

describe.each(['zh-CN', 'en'])('in %s', (language) => {
  test('every part is drawn, and no text is the name of a text', () => {
    const html = drawn(language, <PartsPlace />)
    for (const name of ['Button', 'Note', 'ScanBanner', 'DataGrid', 'EmptyState']) expect(html).toContain(name)
    expect(html).not.toMatch(/>(?:ui|queue|action|parts|settings|status|urgency)\.[a-z]/i)
  })

  test('a row fills every column that can be chosen, and its subtitle stands once', () => {
    const { rows } = fakeCore({ rows: 12 })
    for (const row of rows) {
      const props = { row, index: 0, active: false, marked: false, query: '', now: NOW, language, onPick: nothing, onMark: nothing, onOpen: nothing, onMenu: nothing } // prettier-ignore
      const html = drawn(language, <QueueRowView {...props} track={trackOf(ALL)} columns={ALL} />)
      expect(html.match(/role="gridcell"/g)).toHaveLength(ALL.length + 2)
      const text = html.replace(/title="[^"]*"/g, '')
      expect(text.split(row.subtitle).length - 1).toBe(1)
      const few = [ALL[0]!, { id: 'due' as const, width: 140 }]
      expect(drawn(language, <QueueRowView {...props} track={trackOf(few)} columns={few} />)).toContain('140px')
    }
    expect(drawn(language, <QueueRowSkeleton index={0} track={trackOf(ALL)} columns={ALL} />)).toContain(
      'data-skeleton',
    )
    expect(leastWidth(ALL)).toBeGreaterThan(leastWidth(ALL.slice(0, 3)))
  })

  test('groups are named by day or by library', () => {
    void i18next.changeLanguage(language)
    const words = { t: i18next.t, language, now: NOW, nameOf: (id: string) => `library ${id}` }
    const groups = [{ key: 'late', count: 3 }, { key: 'today', count: 2 }, { key: String(NOW + 86_400_000), count: 1 }] // prettier-ignore
    const heads = groupHeads(groups, 'due', 6, words)
    expect(heads.map((head) => head.before)).toEqual([0, 3, 5])
    expect(
      drawn(
        language,
        heads.map((head) => <p key={head.key}>{head.node}</p>),
      ),
    ).toContain(language === 'en' ? 'Due tomorrow' : '明天到期')
    expect(drawn(language, groupHeads([{ key: 'PKU', count: 1 }], 'partner', 1, words)[0]!.node)).toContain(
      'library PKU',
    )
    // Rows went while the groups were on their way: a head without a row is not drawn.
    expect(groupHeads(groups, 'due', 5, words).length).toBe(2)
  })
})
