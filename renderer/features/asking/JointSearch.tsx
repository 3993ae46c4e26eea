import { LibraryBig } from 'lucide-react'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { FoundWork, Holder, TargetReport } from '../../../electron/contract/core.contract.ts'
import { attempt } from '../../app/act.ts'
import { useCore } from '../../app/data.ts'
import { core } from '../../host.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Field } from '../../ui/Field.tsx'
import { Note } from '../../ui/Note.tsx'
import { ItemLine } from '../holdings/ItemLine.tsx'
import { TargetLine } from '../holdings/TargetLine.tsx'
import { ask as askAbout } from '../request/dialogs.ts'
import { fillForm, useAsking } from './store.ts'

async function start(): Promise<void> {
  const { ask } = useAsking.getState()
  const started = await attempt(() => core('search.start', ask))
  if (started) useAsking.setState({ searchId: started.searchId })
}

/** 统一检索: one search over every catalogue, results as they come. */
export function JointSearch() {
  const { t } = useTranslation()
  const { ask, searchId, forRequest } = useAsking()
  const typed = [ask.title, ask.author, ask.code].some((text) => text.trim() !== '')
  useEffect(() => {
    // Come from a request: what is asked for stands there already.
    if (forRequest && !searchId && typed) void start()
  }, [forRequest, searchId, typed])
  const set = (change: Partial<typeof ask>) => useAsking.setState({ ask: { ...ask, ...change } })
  return (
    <div className="grid min-h-0 grid-rows-[auto_minmax(0,1fr)]">
      <form
        className="grid grid-cols-[minmax(0,2fr)_minmax(0,1fr)_minmax(0,1fr)_90px_auto] items-end gap-2.5 border-b border-line bg-panel px-3.5 py-3"
        onSubmit={(event) => {
          event.preventDefault()
          if (typed) void start()
        }}
      >
        <Field
          label={t('asking.field.title')}
          value={ask.title}
          onChange={(title) => set({ title })}
          maxLength={200}
          autoFocus
        />
        <Field label={t('field.author')} value={ask.author} onChange={(author) => set({ author })} maxLength={200} />
        <Field
          label="ISBN / ISSN"
          value={ask.code}
          onChange={(code) => set({ code })}
          maxLength={60}
          mono
          data-scan="text"
        />
        <Field label={t('field.year')} value={ask.year} onChange={(year) => set({ year })} maxLength={10} />
        <Button kind="primary" type="submit" className="h-8" disabled={!typed} kbd="Enter">
          {t('search.start')}
        </Button>
      </form>
      {searchId ? (
        <Results searchId={searchId} />
      ) : (
        <EmptyState icon={LibraryBig} title={t('search.emptyTitle')}>
          {t('search.empty')}
        </EmptyState>
      )}
    </div>
  )
}

/** What nobody answered is not what nobody has. */
function Nothing({ targets }: { targets: readonly TargetReport[] }) {
  const { t } = useTranslation()
  const answered = targets.filter(({ state }) => state === 'ok').length
  if (answered === targets.length) return <Note tone="plain">{t('search.nothing')}</Note>
  return <Note tone="warn">{t(answered > 0 ? 'search.nothingElse' : 'search.noneAnswered')}</Note>
}

function Results({ searchId }: { searchId: string }) {
  const { t } = useTranslation()
  const forRequest = useAsking((state) => state.forRequest)
  const { data } = useCore('search.get', { searchId }, ['search'], searchId)
  if (!data) return null
  const { works, targets, done } = data
  return (
    <div className="grid min-h-0 grid-cols-[minmax(0,1fr)_300px] max-[1100px]:grid-cols-1">
      <div
        className="overflow-auto px-3.5 py-3"
        tabIndex={0}
        role="region"
        aria-label={t('search.results')}
        data-search-done={done}
      >
        {forRequest && (
          <div className="mb-3">
            <ForRequest id={forRequest} />
          </div>
        )}
        {targets.length === 0 && <Note tone="warn">{t('search.noTargets')}</Note>}
        {done && works.length === 0 && targets.length > 0 && <Nothing targets={targets} />}
        <ul className="grid gap-3">
          {works.map((work) => (
            <Work key={`${work.holders[0]?.target}/${work.key}`} work={work} />
          ))}
        </ul>
      </div>
      <aside className="grid content-start gap-1.5 overflow-auto border-l border-line bg-panel px-3.5 py-3 max-[1100px]:hidden">
        <div className="lbl">{t('search.targets')}</div>
        {targets.map((target) => (
          <TargetLine key={target.id} target={target} />
        ))}
      </aside>
    </div>
  )
}

function ForRequest({ id }: { id: string }) {
  const { t } = useTranslation()
  return (
    <Note
      tone="plain"
      action={
        <Button size="small" kind="quiet" onClick={() => useAsking.setState({ forRequest: null })}>
          {t('search.notFor')}
        </Button>
      }
    >
      {t('search.for', { id })}
    </Note>
  )
}

function Work({ work }: { work: FoundWork }) {
  const { t } = useTranslation()
  const described = [work.authors[0], work.edition, work.publisher, work.year].filter(Boolean).join(' · ')
  return (
    <li className="rounded-lg border border-line bg-panel px-3.5 py-2.5" data-work={work.title}>
      <div className="font-semibold break-words select-text">
        {[work.title, work.part].filter(Boolean).join(' ')}
        {work.subtitle && <span className="font-normal text-ink-2"> : {work.subtitle}</span>}
      </div>
      <div className="flex flex-wrap gap-x-3 text-sm text-ink-2 select-text">
        <span>{described}</span>
        {work.isbns[0] && <span className="mono">{work.isbns[0]}</span>}
        <span>{t('search.holders', { count: work.holders.length })}</span>
      </div>
      <ul className="mt-1.5 divide-y divide-line">
        {work.holders.map((holder) => (
          <HolderLine key={holder.target} work={work} holder={holder} />
        ))}
      </ul>
    </li>
  )
}

function HolderLine({ work, holder }: { work: FoundWork; holder: Holder }) {
  const { t } = useTranslation()
  const forRequest = useAsking((state) => state.forRequest)
  const detail = useCore('request.get', forRequest ? { id: forRequest } : null, ['queue'], forRequest ?? undefined).data
  const forwarding = detail?.row.can.includes('forward') && holder.library !== '' && !holder.own ? detail.row : null
  const best = holder.items.find((item) => item.availability === 'available') ?? holder.items[0]
  const askFor = () =>
    fillForm({
      title: [work.title, work.part].filter(Boolean).join(' ').slice(0, 200),
      author: work.authors[0] ?? '',
      year: work.year,
      edition: work.edition,
      isbn: work.isbns[0] ?? '',
      issn: work.issns[0] ?? '',
      supplier: holder.library,
      callNumber: best?.callNumber ?? '',
    })
  return (
    <li className="flex items-start gap-3 py-1.5" data-holder={holder.library || holder.target}>
      <span className="w-44 flex-none break-words">{holder.name}</span>
      <div className="grid min-w-0 flex-1 gap-1">
        {holder.items.slice(0, 3).map((item, at) => (
          <ItemLine key={`${item.barcode}-${at}`} item={item} />
        ))}
        {holder.items.length === 0 && <span className="text-sm text-ink-3">{t('holdings.noItems')}</span>}
      </div>
      {forwarding && (
        <Button
          size="small"
          onClick={() => askAbout('forward', [forwarding], { reason: 'NotHeld', library: holder.library })}
          data-forward={holder.library}
        >
          {t('search.forward')}
        </Button>
      )}
      {!forRequest && !holder.own && (
        <Button size="small" onClick={askFor} data-ask={holder.library || holder.target}>
          {t('search.ask')}
        </Button>
      )}
    </li>
  )
}
