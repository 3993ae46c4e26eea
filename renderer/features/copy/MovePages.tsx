import { Inbox } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { PageView, QueueQuery, QueueRow } from '../../../electron/contract/core.contract.ts'
import { attempt } from '../../app/act.ts'
import { useCore } from '../../app/data.ts'
import { toast } from '../../app/toasts.ts'
import { core } from '../../host.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { Field } from '../../ui/Field.tsx'
import { Segments } from '../../ui/Segments.tsx'

/** Requests offered at once. */
const MOST = 6

const open = (text: string): QueueQuery => ({
  text,
  filter: { service: 'copy', role: 'supplier', open: true },
  sort: 'due',
  descending: false,
})

/** Gives pages to the request they belong to, or to the unclaimed tray: after a slip was missed. */
export function MovePages({
  requestId,
  pages,
  at,
  marked,
  onMoved,
  onClose,
}: {
  requestId: string
  pages: readonly PageView[]
  /** The page that is looked at. */
  at: number
  marked: ReadonlySet<string>
  onMoved: () => void
  onClose: () => void
}) {
  const { t } = useTranslation()
  const [which, setWhich] = useState<'marked' | 'one' | 'from'>(marked.size > 0 ? 'marked' : 'one')
  const [text, setText] = useState('')
  const rows = useCore('queue.window', { query: open(text.trim()), offset: 0, limit: 50 }, ['queue']).data?.rows
  const targets = rows?.filter((row) => row.id !== requestId && row.can.includes('scan')).slice(0, MOST)
  const chosen = pages.filter((page, i) =>
    which === 'marked' ? marked.has(page.id) : which === 'one' ? i === at : i >= at,
  )
  const pageIds = chosen.map((page) => page.id)

  const moved = (name: string) => {
    const undo = () => void attempt(() => core('pages.undo', { requestId }))
    toast({ tone: 'ok', text: () => t('movePages.moved', { count: pageIds.length, title: name }), undo, ms: 8000 })
    onMoved()
  }
  const give = async ({ id, title }: QueueRow) => {
    if (await attempt(() => core('pages.assign', { pageIds, requestId: id }))) moved(title)
  }
  const putAside = async () => {
    if (await attempt(() => core('tray.put', { pageIds }))) moved(t('place.tray'))
  }
  const first = targets?.[0]
  return (
    <Dialog title={t('movePages.title')} open onClose={onClose} onSubmit={() => first && void give(first)}>
      <div className="grid gap-3">
        <Segments
          label={t('movePages.which')}
          value={which}
          options={[
            ...(marked.size > 0
              ? [{ id: 'marked' as const, label: t('movePages.marked', { count: marked.size }) }]
              : []),
            { id: 'one', label: t('movePages.one', { n: at + 1 }) },
            ...(at < pages.length - 1 ? [{ id: 'from' as const, label: t('movePages.from', { n: at + 1 }) }] : []),
          ]}
          onChange={setWhich}
        />
        <Field
          label={t('movePages.to')}
          value={text}
          onChange={setText}
          placeholder={t('tray.searchHint')}
          maxLength={200}
          autoFocus
        />
        <ul
          aria-label={t('movePages.to')}
          className="divide-y divide-line overflow-hidden rounded-lg border border-line"
        >
          {targets?.map((row, i) => (
            <li key={row.id}>
              <button
                type="button"
                data-move-to={row.id}
                onClick={() => void give(row)}
                className={`flex w-full items-center gap-3 px-3 py-2 text-left hover:bg-hover focus-visible:-outline-offset-2 ${i === 0 ? 'bg-accent-soft' : ''}`}
              >
                <span className="mono flex-none text-ink-2">{row.id}</span>
                <span className="ell flex-1">{row.title}</span>
                {row.pageCount > 0 && (
                  <span className="flex-none text-ink-2">{t('request.pages', { count: row.pageCount })}</span>
                )}
              </button>
            </li>
          ))}
          {targets?.length === 0 && <li className="px-3 py-4 text-center text-ink-2">{t('tray.noneFound')}</li>}
          <li>
            <button
              type="button"
              data-move-to="tray"
              onClick={() => void putAside()}
              className="flex w-full items-center gap-3 px-3 py-2 text-left text-ink-2 hover:bg-hover focus-visible:-outline-offset-2"
            >
              <Inbox aria-hidden="true" size={16} />
              {t('movePages.tray')}
            </button>
          </li>
        </ul>
        <p className="text-sm text-ink-2" role="status">
          {first && t('movePages.willGo', { count: pageIds.length, title: first.title })}
        </p>
      </div>
    </Dialog>
  )
}
