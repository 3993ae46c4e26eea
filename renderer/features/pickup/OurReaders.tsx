import { useTranslation } from 'react-i18next'
import type { Action, QueueQuery, QueueRow } from '../../../electron/contract/core.contract.ts'
import { useCore } from '../../app/data.ts'
import { Button } from '../../ui/Button.tsx'
import { Tag } from '../../ui/Chip.tsx'
import { RowList } from '../../ui/Place.tsx'
import { cx } from '../../ui/cx.ts'
import { LoanFacts } from '../courier/LoanFacts.tsx'
import { start } from '../request/actions.ts'

const BORROWED: QueueQuery = {
  text: '',
  filter: { service: 'loan', role: 'requester', status: ['Loaned', 'Overdue', 'Recalled'], stage: ['at_borrower'] },
  sort: 'due',
  descending: false,
}
/** What may be done at the counter, in the order of a loan's life. */
const STEPS = ['notifyReader', 'lentToReader', 'returnedByReader', 'renewAsk'] as const satisfies readonly Action[]

/** Books of other libraries that are here for our readers: lent, taken back, renewed. `chosen` = the one just scanned. */
export function OurReaders({ chosen, onDone }: { chosen: string | null; onDone: () => void }) {
  const { t } = useTranslation()
  const list = useCore('queue.window', { query: BORROWED, offset: 0, limit: 100 }, ['queue', 'outbox']).data
  if (!list || list.total === 0) return null
  const act = (action: Action, row: QueueRow) => {
    start(action, row)
    onDone()
  }
  return (
    <section>
      <h2 className="mb-1.5 text-md font-semibold">
        {t('counter.ours')} <span className="font-normal text-ink-3">{list.total}</span>
      </h2>
      <RowList>
        {list.rows.map((row) => (
          <li key={row.id} data-borrowed={row.id} className={cx(row.id === chosen && 'bg-accent-soft')}>
            <LoanFacts row={row}>{row.notified && <Tag tone="ok">{t('counter.notified')}</Tag>}</LoanFacts>
            {STEPS.filter((step) => row.can.includes(step) && !(step === 'notifyReader' && row.notified)).map(
              (step) => (
                <Button
                  key={step}
                  size="small"
                  kind={row.id === chosen && step === 'lentToReader' ? 'primary' : 'normal'}
                  autoFocus={row.id === chosen && step === 'lentToReader'}
                  data-action={step}
                  onClick={() => act(step, row)}
                >
                  {t(`action.${step}`)}
                </Button>
              ),
            )}
          </li>
        ))}
      </RowList>
    </section>
  )
}
