import { BookOpen } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { QueueQuery } from '../../../electron/contract/core.contract.ts'
import { tell } from '../../app/act.ts'
import { useCommand } from '../../app/commands.ts'
import { asDeskError, useCore } from '../../app/data.ts'
import { errorText } from '../../app/errors.ts'
import { useRoomy } from '../../app/hooks.ts'
import { setOpen, useRoute } from '../../app/routes.ts'
import { useScan } from '../../app/scan.ts'
import { play } from '../../app/sound.ts'
import { core } from '../../host.ts'
import { Chip } from '../../ui/Chip.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { PlaceHead } from '../../ui/Place.tsx'
import { ScanBanner, type ScanResult } from '../../ui/ScanBanner.tsx'
import { UrgencyMark } from '../../ui/UrgencyMark.tsx'
import { cx } from '../../ui/cx.ts'
import { stageText } from '../queue/QueueRowView.tsx'
import { printNow } from '../prints/print.ts'
import { RequestPanel } from '../request/RequestPanel.tsx'
import { LoanCheck } from './LoanCheck.tsx'

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

/** Names of the verdicts in the texts: keys there may not end like a plural form. */
const WORDS_OF = {
  bound: 'bound',
  already: 'already',
  wrong: 'wrong',
  slip_other: 'slipOther',
  code_damaged: 'codeDamaged',
} as const

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
  const [slip, setSlip] = useState<string | null>(null)
  const [result, setResult] = useState<ScanResult | null>(null)
  const [wish, setWish] = useState<string | null>(null)

  const bound = detail ? detail.volumes.length > 0 && detail.volumes.every((one) => one.barcode !== null) : false
  const openRequest = (id: string) => {
    setOpen('loan', id)
    setSlip(id)
    setWish(null)
  }

  const takeItem = async (requestId: string, code: string) => {
    const check = await core('loan.check', { requestId, code })
    const words = { code, expected: check.expected, found: check.found, n: check.volume ?? 1 }
    if (check.verdict === 'bound' || check.verdict === 'already') {
      play('right')
      setResult({
        tone: 'ok',
        title: t(`loan.verdict.${WORDS_OF[check.verdict]}`, words),
        detail: t('loan.boundDetail', words),
      })
      const after = await core('request.get', { id: requestId })
      if (pile && check.verdict === 'bound' && after.volumes.every((one) => one.barcode !== null))
        await printNow('bookSlip', [requestId])
      return
    }
    play('wrong')
    setResult({
      tone: 'bad',
      title: t(`loan.verdict.${WORDS_OF[check.verdict]}`, words),
      detail: t(`loan.verdict.${WORDS_OF[check.verdict]}Detail`, words),
    })
  }

  const take = async (code: string) => {
    try {
      const found = await core('code.resolve', { text: code })
      if (found.kind === 'request') {
        if (found.service === 'copy') {
          play('attention')
          setResult({ tone: 'warn', title: t('loan.isCopy'), detail: found.title })
        } else if (found.id === open || open === null || bound || wish === found.id) {
          play('right')
          openRequest(found.id)
          setResult({ tone: 'plain', title: t('loan.slipOk'), detail: found.title })
        } else {
          // Half-checked: a second scan of the same slip says it is meant.
          play('attention')
          setWish(found.id)
          setResult({
            tone: 'warn',
            title: t('loan.verdict.slipOther'),
            detail: t('loan.verdict.slipOtherDetail', { found: found.title }),
          })
        }
      } else if (open) await takeItem(open, code)
      else if (found.kind === 'item') {
        play('right')
        openRequest(found.requestId)
        setResult({ tone: 'plain', title: t('loan.itemKnown'), detail: found.title })
      } else {
        play('wrong')
        setResult({ tone: 'bad', title: t('loan.slipFirst'), detail: t('loan.slipFirstDetail', { code }) })
      }
    } catch (failure) {
      play('wrong')
      const known = asDeskError(failure)
      setResult({ tone: 'bad', title: errorText(t, known.code, known.params), detail: code })
    }
  }
  useScan((code) => void take(code))

  const next = () => {
    const rows = waiting?.rows ?? []
    const at = rows.findIndex((row) => row.id === open)
    setOpen('loan', rows[at + 1]?.id ?? null)
    setSlip(null)
    setResult(null)
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
                  onClick={() => {
                    setOpen('loan', row.id)
                    setSlip(null)
                    setResult(null)
                  }}
                  className={cx(
                    'grid w-full gap-0.5 px-3.5 py-2 text-left focus-visible:-outline-offset-2',
                    row.id === open ? 'bg-accent-soft shadow-[inset_3px_0_0_var(--accent)]' : 'hover:bg-panel-2',
                  )}
                >
                  <span className="ell font-medium" title={row.title}>
                    {row.title}
                  </span>
                  <span className={cx('ell text-sm', row.id === open ? 'text-ink-2' : 'text-ink-3')}>
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
        <div
          className="grid min-h-0 content-start gap-3 overflow-auto p-4"
          tabIndex={0}
          role="region"
          aria-label={t('loan.work')}
        >
          <ScanBanner
            title={open === null ? t('loan.scanSlip') : bound ? t('loan.scanNext') : t('loan.scanItem')}
            hint={t('loan.typeHint')}
            result={result}
            onCode={(code) => void take(code)}
          />
          {open === null ? (
            <EmptyState icon={BookOpen} title={t('loan.emptyTitle')}>
              {t('loan.empty')}
            </EmptyState>
          ) : (
            detail && <LoanCheck detail={detail} slip={slip === open} bound={bound} />
          )}
          {error && !detail && <p className="text-seal">{errorText(t, error.code, error.params)}</p>}
        </div>
        {roomy && (
          <aside className="min-h-0 border-l border-line" aria-label={t('request.details')}>
            <RequestPanel id={open} here />
          </aside>
        )}
      </div>
    </section>
  )
}
