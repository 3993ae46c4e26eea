import { RefreshCw } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HoldingFound, HoldingItem, RequestDetail } from '../../../electron/contract/core.contract.ts'
import { ListExport } from '../../app/ExportMenu.tsx'
import { attempt } from '../../app/act.ts'
import { useCore } from '../../app/data.ts'
import { moment } from '../../app/format.ts'
import { useNow } from '../../app/hooks.ts'
import { go } from '../../app/routes.ts'
import { toast } from '../../app/toasts.ts'
import { core, type CoreOut } from '../../host.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Note } from '../../ui/Note.tsx'
import { Card } from '../../ui/Place.tsx'
import { findHolders } from '../asking/store.ts'
import { ask } from '../request/dialogs.ts'
import { READS } from '../request/reads.ts'
import { Evidence } from './Evidence.tsx'
import { ItemLine } from './ItemLine.tsx'
import { TargetLine } from './TargetLine.tsx'

type Result = NonNullable<CoreOut<'holdings.get'>['result']>
/** Records shown at first; the others are behind one button. */
const FIRST = 2
const ITEMS = 4

/** What our own catalogue says of a request: the record, why it is the one, its items, what could be answered. */
export function HoldingsCard({ detail }: { detail: RequestDetail }) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const requestId = detail.row.id
  const { data } = useCore('holdings.get', { requestId }, READS.holdings, requestId)
  const owed = detail.row.can.includes('cannotSupply')
  const fresh = data !== undefined && data.catalogues > 0 && !data.result && !data.looking && owed
  useEffect(() => {
    // Somebody looks at it: it does not wait for its turn.
    if (fresh) void core('holdings.lookUp', { requestId }).catch(() => {})
  }, [fresh, requestId])
  if (!data || (data.catalogues === 0 && !data.result)) return data ? <NoCatalogue /> : null
  const { result, looking } = data
  const lookUp = () => void attempt(() => core('holdings.lookUp', { requestId }))
  return (
    <Card className="px-3 py-2.5">
      <div
        className="flex flex-wrap items-center gap-x-2 gap-y-1"
        data-holdings={looking ? 'looking' : (result?.state ?? 'none')}
      >
        <b className="font-semibold">{t('holdings.title')}</b>
        <span
          className={result?.state === 'held' ? 'text-ok' : result?.state === 'not_held' ? 'text-seal' : 'text-ink-2'}
        >
          {looking ? t('holdings.looking') : t(`holdings.state.${result?.state ?? 'none'}`)}
        </span>
        <span className="flex-1" />
        {result && <span className="text-sm text-ink-3">{moment(result.at, i18n.language, now, t)}</span>}
        {result && result.found.length > 0 && (
          <ListExport order={{ list: 'holdings', requestId }} title={t('holdings.title')} className="size-6" />
        )}
        {result ? (
          <IconButton
            icon={RefreshCw}
            label={t('holdings.again')}
            disabled={looking}
            onClick={lookUp}
            className="size-6"
            data-holdings-lookup
          />
        ) : (
          <Button size="small" kind="quiet" disabled={looking} onClick={lookUp} data-holdings-lookup>
            {t('holdings.lookUp')}
          </Button>
        )}
      </div>
      {result && <Body detail={detail} result={result} />}
    </Card>
  )
}

function NoCatalogue() {
  const { t } = useTranslation()
  return (
    <div className="flex items-center gap-2 text-sm text-ink-3">
      <span className="flex-1">{t('holdings.noCatalogue')}</span>
      <Button size="small" kind="quiet" onClick={() => go('settings', undefined, 'catalogue')}>
        {t('holdings.setUp')}
      </Button>
    </div>
  )
}

function Body({ detail, result }: { detail: RequestDetail; result: Result }) {
  const { t } = useTranslation()
  const [all, setAll] = useState(false)
  const shown = all ? result.found : result.found.slice(0, FIRST)
  const bad = result.targets.filter((target) => target.state !== 'ok' || target.damaged > 0)
  return (
    <div className="mt-2 grid gap-2">
      <ProposalNote detail={detail} result={result} />
      {shown.map((found) => (
        <FoundRecord key={`${found.target}/${found.key}`} detail={detail} found={found} />
      ))}
      {detail.row.can.includes('forward') && (
        <Button size="small" kind="quiet" onClick={() => findHolders(detail.row.id, searchFor(detail))} data-who-holds>
          {t('holdings.whoHolds')}
        </Button>
      )}
      {result.found.length > shown.length && (
        <Button size="small" kind="quiet" onClick={() => setAll(true)}>
          {t('holdings.more', { count: result.found.length - shown.length })}
        </Button>
      )}
      {bad.map((target) => (
        <TargetLine key={target.id} target={target} />
      ))}
    </div>
  )
}

/** What to search other catalogues for: the number where there is one, else title and author. */
function searchFor({ fields, row }: RequestDetail) {
  const serial = row.service === 'copy' && fields.journal !== ''
  const title = (serial ? fields.journal : fields.title).slice(0, 200)
  return {
    title,
    author: serial || fields.articleTitle ? '' : fields.author,
    code: fields.isbn || fields.issn,
    year: '',
  }
}

/** A day in the catalogue's words, where it is one that a calendar knows. */
const dayIn = (text: string) => /\d{4}-\d{2}-\d{2}/.exec(text)?.[0]

/** What the catalogue's word would mean as an answer; the person gives it. */
function ProposalNote({ detail: { row }, result }: { detail: RequestDetail; result: Result }) {
  const { t } = useTranslation()
  const { proposal } = result
  if (proposal.kind === 'none' || proposal.kind === 'supply') return null
  if (!row.can.includes(proposal.kind)) return null
  const answer = () => {
    const date = proposal.kind === 'retryLater' ? dayIn(proposal.until) : undefined
    ask(proposal.kind, [row], { reason: proposal.reason, ...(date ? { date } : {}) })
  }
  return (
    <Note
      tone="warn"
      action={
        <Button size="small" onClick={answer} data-proposal={proposal.reason}>
          {t(`action.${proposal.kind}`)}
        </Button>
      }
    >
      {t(`holdings.proposal.${proposal.reason}`)}
    </Note>
  )
}

function FoundRecord({ detail, found }: { detail: RequestDetail; found: HoldingFound }) {
  const { t } = useTranslation()
  const [why, setWhy] = useState(false)
  const described = [found.authors[0], found.edition, found.publisher, found.year].filter(Boolean).join(' · ')
  return (
    <div className="grid gap-1.5 border-t border-line pt-2" data-found={found.key}>
      <div className="flex items-start gap-2">
        <div className="min-w-0 flex-1">
          <div className="font-medium break-words select-text">
            {[found.title, found.part].filter(Boolean).join(' ')}
            {found.subtitle && <span className="font-normal text-ink-2"> : {found.subtitle}</span>}
          </div>
          {described && <div className="text-sm break-words text-ink-2 select-text">{described}</div>}
        </div>
        <button
          type="button"
          aria-expanded={why}
          onClick={() => setWhy(!why)}
          title={t('holdings.why')}
          className={`flex-none rounded-md px-1.5 py-0.5 text-sm hover:bg-hover ${found.verdict === 'same' ? 'text-ok' : 'text-amber'}`}
        >
          {t(`holdings.verdict.${found.verdict}`, { score: found.score })}
        </button>
      </div>
      {why && <Evidence found={found} />}
      <Items detail={detail} found={found} />
    </div>
  )
}

function Items({ detail, found }: { detail: RequestDetail; found: HoldingFound }) {
  const { t } = useTranslation()
  const [all, setAll] = useState(false)
  if (found.items.length === 0) return <div className="text-sm text-ink-3">{t('holdings.noItems')}</div>
  const shown = all ? found.items : found.items.slice(0, ITEMS)
  return (
    <ul className="grid gap-1">
      {shown.map((item, at) => (
        <li key={`${item.barcode}-${at}`} className="flex items-start gap-2">
          <ItemLine item={item} />
          {detail.row.can.includes('setField') && (
            <Button size="small" onClick={() => void fill(t, detail, found, at, item)} data-fill={at}>
              {t('holdings.fill')}
            </Button>
          )}
        </li>
      ))}
      {found.items.length > shown.length && (
        <li>
          <Button size="small" kind="quiet" onClick={() => setAll(true)}>
            {t('holdings.moreItems', { count: found.items.length - shown.length })}
          </Button>
        </li>
      )}
    </ul>
  )
}

/** Call number and place go into the request, all of it into its history; what stood there before stays. */
async function fill(
  t: ReturnType<typeof useTranslation>['t'],
  detail: RequestDetail,
  found: HoldingFound,
  at: number,
  item: HoldingItem,
): Promise<void> {
  const facts = [
    item.volume,
    item.callNumber,
    item.location,
    item.barcode,
    t(`holdings.availability.${item.availability}`),
  ]
    .filter(Boolean)
    .join(' · ')
  const call = {
    requestId: detail.row.id,
    key: found.key,
    target: found.target,
    item: at,
    note: t('holdings.note', { facts }),
  }
  const outcome = await attempt(() => core('holdings.fill', call))
  if (!outcome) return
  const names = (fields: string[]) => fields.map((field) => t(`field.${field}`)).join('、')
  const { filled, kept } = outcome
  const noted = () => (filled.length > 0 ? t('holdings.filled', { fields: names(filled) }) : t('holdings.noted'))
  toast({
    tone: 'ok',
    text: () => (kept.length > 0 ? `${noted()}${t('holdings.kept', { fields: names(kept) })}` : noted()),
    ms: 6000,
  })
}
