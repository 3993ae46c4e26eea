import { BookOpen } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { QueueQuery, RequestColumn } from '../../../electron/contract/core.contract.ts'
import { ListExport } from '../../app/ExportMenu.tsx'
import { tell } from '../../app/act.ts'
import { useCommand } from '../../app/commands.ts'
import { useCore } from '../../app/data.ts'
import { errorText } from '../../app/errors.ts'
import { useRoomy } from '../../app/hooks.ts'
import { setOpen, useRoute } from '../../app/routes.ts'
import { core, type CoreOut } from '../../host.ts'
import { Chip } from '../../ui/Chip.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { PlaceHead } from '../../ui/Place.tsx'
import { UrgencyMark } from '../../ui/UrgencyMark.tsx'
import { cx } from '../../ui/cx.ts'
import { ScanFigure, type Said } from '../courier/ScanField.tsx'
import { ScanTable } from '../courier/ScanTable.tsx'
import { stageText } from '../queue/columns.tsx'
import { printNow } from '../prints/print.ts'
import { RequestPanel } from '../request/RequestPanel.tsx'
import { LoanActions, LoanCheck } from './LoanCheck.tsx'

const WAITING: QueueQuery = {
  text: '',
  filter: {
    open: true,
    service: 'loan',
    role: 'supplier',
    stage: ['queued', 'pulled', 'checked'],
    status: ['WillSupply'],
  },
  sort: 'due',
  descending: false,
}

const COLUMNS: RequestColumn[] = ['id', 'title', 'author', 'year', 'isbn', 'callNumber', 'location', 'volumes', 'partner', 'due', 'stage', 'holder'] // prettier-ignore

/** Names of the verdicts in the texts: keys there may not end like a plural form. */
const WORDS_OF = {
  bound: 'bound',
  already: 'already',
  wrong: 'wrong',
  slip_other: 'slipOther',
  code_damaged: 'codeDamaged',
} as const

/** Every volume of a request has its barcode. */
const isBound = ({ volumes }: CoreOut<'request.get'>) =>
  volumes.length > 0 && volumes.every((one) => one.barcode !== null)

/** The loan desk: slip, book and call number are held against each other before a book may leave. */
export function LoanPlace() {
  const { t } = useTranslation()
  const roomy = useRoomy()
  const open = useRoute((route) => route.open.loan) ?? null
  const { data: waiting } = useCore('queue.window', { query: WAITING, offset: 0, limit: 200 }, ['queue'])
  const { data: detail, error } = useCore(
    'request.get',
    open === null ? null : { id: open },
    ['queue', 'outbox'],
    open ?? undefined,
  )
  const [pile, setPile] = useState(false)
  const [checked, setChecked] = useState(0)
  const [slip, setSlip] = useState<string | null>(null)
  const [wish, setWish] = useState<string | null>(null)
  /** Counts requests opened by hand: the last scan's answer is not about them. */
  const [picked, setPicked] = useState(0)

  const bound = detail !== undefined && isBound(detail)
  const openRequest = (id: string) => {
    setOpen('loan', id)
    setSlip(id)
    setWish(null)
  }

  const takeItem = async (requestId: string, code: string): Promise<Said> => {
    const check = await core('loan.check', { requestId, code })
    const words = { code, expected: check.expected, found: check.found, n: check.volume ?? 1 }
    const title = t(`loan.verdict.${WORDS_OF[check.verdict]}`, words)
    if (check.verdict !== 'bound' && check.verdict !== 'already')
      return { sound: 'wrong', tone: 'bad', title, detail: t(`loan.verdict.${WORDS_OF[check.verdict]}Detail`, words) }
    if (check.verdict === 'bound' && isBound(await core('request.get', { id: requestId }))) {
      setChecked((n) => n + 1)
      if (pile) await printNow('bookSlip', [requestId])
    }
    return { sound: 'right', tone: 'ok', title, detail: t('loan.boundDetail', words) }
  }

  const takeSlip = async (found: Extract<CoreOut<'code.resolve'>, { kind: 'request' }>): Promise<Said> => {
    const { id, title: detail } = found
    if (found.service === 'copy') return { sound: 'attention', tone: 'warn', title: t('loan.isCopy'), detail }
    const half = open !== null && open !== id && wish !== id && !isBound(await core('request.get', { id: open }))
    if (!half) {
      openRequest(id)
      return { sound: 'right', tone: 'plain', title: t('loan.slipOk'), detail }
    }
    // Half-checked: a second scan of the same slip says it is meant.
    setWish(id)
    const words = t('loan.verdict.slipOtherDetail', { found: found.title })
    return { sound: 'attention', tone: 'warn', title: t('loan.verdict.slipOther'), detail: words }
  }

  const take = async (code: string): Promise<Said> => {
    const found = await core('code.resolve', { text: code })
    if (found.kind === 'request') return takeSlip(found)
    if (open !== null) return takeItem(open, code)
    if (found.kind === 'item') {
      openRequest(found.requestId)
      return { sound: 'right', tone: 'plain', title: t('loan.itemKnown'), detail: found.title }
    }
    return { sound: 'wrong', tone: 'bad', title: t('loan.slipFirst'), detail: t('loan.slipFirstDetail', { code }) }
  }

  const pick = (id: string | null) => {
    setOpen('loan', id)
    setSlip(null)
    setPicked(picked + 1)
  }
  const next = () => {
    const rows = waiting?.rows ?? []
    const at = rows.findIndex((row) => row.id === open)
    pick(rows[at + 1]?.id ?? null)
  }
  useCommand('loan.next', next, (waiting?.total ?? 0) > 0)
  useCommand('loan.pile', () => setPile(!pile))
  useCommand('loan.printSlip', () => void printNow('bookSlip', [open!]).catch(tell), open !== null && bound)

  return (
    <section className="grid min-h-0 grid-rows-[46px_minmax(0,1fr)]" aria-label={t('place.loan')}>
      <PlaceHead title={t('place.loan')} sub={waiting && t('loan.waiting', { count: waiting.total })}>
        <Chip on={pile} onChange={setPile} title={t('loan.pileHint')}>
          {t('command.loan.pile')}
        </Chip>
        <ListExport order={{ list: 'requests', query: WAITING, columns: COLUMNS }} title={t('place.loan')} />
      </PlaceHead>
      <div
        className={cx('grid min-h-0', roomy ? 'grid-cols-[260px_minmax(0,1fr)_360px]' : 'grid-cols-[minmax(0,1fr)]')}
      >
        {roomy && (
          <ul
            aria-label={t('loan.list')}
            className="min-h-0 divide-y divide-line overflow-y-auto border-r border-line bg-panel"
          >
            {waiting?.rows.map((row) => (
              <li key={row.id}>
                <button
                  type="button"
                  aria-current={row.id === open}
                  onClick={() => pick(row.id)}
                  className={cx(
                    'grid w-full gap-0.5 px-3.5 py-2 text-left focus-visible:-outline-offset-2',
                    row.id === open ? 'bg-accent-soft shadow-[inset_3px_0_0_var(--accent)]' : 'hover:bg-panel-2',
                  )}
                >
                  <span className="ell font-medium" title={row.title}>
                    {row.title}
                  </span>
                  <span
                    title={row.subtitle}
                    className={cx('ell text-sm', row.id === open ? 'text-ink-2' : 'text-ink-3')}
                  >
                    {row.subtitle}
                  </span>
                  <span className="flex items-center gap-2 text-sm text-ink-2">
                    <span className="mono">{row.id}</span>
                    <span className="flex-1" />
                    {row.urgency !== 'safe' && (
                      <UrgencyMark urgency={row.urgency}>{t(`urgency.${row.urgency}`)}</UrgencyMark>
                    )}
                    {stageText(row, t)}
                  </span>
                </button>
              </li>
            ))}
            {waiting?.total === 0 && <li className="px-4 py-6 text-center text-ink-3">{t('loan.listEmpty')}</li>}
          </ul>
        )}
        <ScanTable
          key={picked}
          label={t('loan.work')}
          title={open === null ? t('loan.scanSlip') : bound ? t('loan.scanNext') : t('loan.scanItem')}
          hint={t('loan.typeHint')}
          take={take}
          failed={(code) => t('loan.notChecked', { code })}
          figure={pile && <ScanFigure n={checked} unit={t('loan.checkedUnit', { count: checked })} />}
          foot={open !== null && detail && <LoanActions key={open} row={detail.row} bound={bound} />}
        >
          {open === null ? (
            <EmptyState icon={BookOpen} title={t('loan.emptyTitle')}>
              {t('loan.empty')}
            </EmptyState>
          ) : (
            detail && <LoanCheck detail={detail} slip={slip === open} bound={bound} />
          )}
          {error && !detail && <p className="text-seal">{errorText(t, error.code, error.params)}</p>}
        </ScanTable>
        {roomy && (
          <aside className="min-h-0 border-l border-line" aria-label={t('request.details')}>
            <RequestPanel id={open} here />
          </aside>
        )}
      </div>
    </section>
  )
}
