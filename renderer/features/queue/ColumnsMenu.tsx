import { ArrowDown, ArrowUp, Columns3, Minus, Plus } from 'lucide-react'
import { Button as AriaButton, Dialog, DialogTrigger, Popover } from 'react-aria-components'
import { useTranslation } from 'react-i18next'
import { QueueColumn, type QueueColumns } from '../../../electron/contract/core/queue.contract.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { Check } from '../../ui/Check.tsx'
import { COLUMNS } from './columns.tsx'

const STEP = 20
const START = 120
const MOST = 900

interface ColumnsProps {
  columns: QueueColumns
  onChange: (columns: QueueColumns) => void
  onUsual: () => void
}

/** Which columns the queue shows, in which order and how wide; all by keyboard too. */
export function ColumnsMenu({ columns, onChange, onUsual }: ColumnsProps) {
  const { t } = useTranslation()
  return (
    <DialogTrigger>
      <AriaButton
        aria-label={t('queue.columns')}
        data-action="columns"
        className="grid size-6 flex-none place-items-center rounded-md text-ink-2 hover:bg-hover hover:text-ink"
      >
        <Columns3 aria-hidden="true" size={15} />
      </AriaButton>
      <Popover placement="bottom end" className="w-80 animate-fade rounded-lg bg-panel shadow-float outline-none">
        <Dialog aria-label={t('queue.columns')} className="grid gap-1 p-2 outline-none">
          <Lines columns={columns} onChange={onChange} onUsual={onUsual} />
        </Dialog>
      </Popover>
    </DialogTrigger>
  )
}

function Lines({ columns, onChange, onUsual }: ColumnsProps) {
  const { t } = useTranslation()
  const shown = new Set(columns.map(({ id }) => id))
  const lines = [...columns.map(({ id }) => id), ...QueueColumn.options.filter((id) => !shown.has(id))]
  const move = (from: number, by: number) => {
    const next = [...columns]
    const [one] = next.splice(from, 1)
    next.splice(from + by, 0, one!)
    onChange(next)
  }
  const widen = (id: QueueColumn, by: number) =>
    onChange(
      columns.map((one) =>
        one.id === id ? { id, width: Math.min(MOST, Math.max(COLUMNS[id].least, (one.width ?? START) + by)) } : one,
      ),
    )
  return (
    <>
      <ul>
        {lines.map((id, index) => {
          const on = shown.has(id)
          const name = t(`queue.head.${id}`)
          return (
            <li key={id} className="flex h-8 items-center gap-0.5 rounded-md pl-2 hover:bg-hover">
              <Check
                on={on}
                disabled={id === 'title'}
                onChange={(next) =>
                  onChange(next ? [...columns, { id, width: null }] : columns.filter((one) => one.id !== id))
                }
              >
                {name}
              </Check>
              <span className="flex-1" />
              {on && (
                <>
                  <IconButton
                    icon={Minus}
                    label={t('queue.narrower', { name })}
                    className="size-7"
                    onClick={() => widen(id, -STEP)}
                  />
                  <IconButton
                    icon={Plus}
                    label={t('queue.wider', { name })}
                    className="size-7"
                    onClick={() => widen(id, STEP)}
                  />
                  <IconButton
                    icon={ArrowUp}
                    label={t('queue.columnUp', { name })}
                    className="size-7"
                    disabled={index === 0}
                    onClick={() => move(index, -1)}
                  />
                  <IconButton
                    icon={ArrowDown}
                    label={t('queue.columnDown', { name })}
                    className="size-7"
                    disabled={index === columns.length - 1}
                    onClick={() => move(index, 1)}
                  />
                </>
              )}
            </li>
          )
        })}
      </ul>
      <Button kind="quiet" size="small" className="justify-self-start" onClick={onUsual}>
        {t('queue.columnsUsual')}
      </Button>
    </>
  )
}
