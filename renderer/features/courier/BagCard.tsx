import { Check, Printer, ShoppingBag, X } from 'lucide-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { act } from '../../app/act.ts'
import { cutMiddle } from '../../app/format.ts'
import { Button, IconButton } from '../../ui/Button.tsx'
import { cx } from '../../ui/cx.ts'
import { PrintPreview } from '../prints/PrintPreview.tsx'
import { printNow } from '../prints/print.ts'
import type { Bag, Board } from './Packing.tsx'

/** One bag: where it goes, what is in it, what still belongs into it. */
export function BagCard({
  bag,
  active,
  waiting,
  onClose,
  onUnpack,
}: {
  bag: Bag
  active: boolean
  waiting: Board['candidates']
  onClose: () => void
  onUnpack: (item: Bag['items'][number]) => void
}) {
  const { t } = useTranslation()
  const [preview, setPreview] = useState(false)
  const open = bag.state === 'open'
  return (
    <section
      aria-label={bag.destinationName}
      data-bag={bag.code}
      data-state={bag.state}
      className={cx('rounded-lg border bg-panel px-3 py-2.5', active ? 'border-accent' : 'border-line')}
    >
      <div className="flex items-center gap-2">
        <ShoppingBag
          aria-hidden="true"
          size={18}
          strokeWidth={1.7}
          className={cx('flex-none', open ? 'text-accent' : 'text-ok')}
        />
        <b className="ell min-w-0 font-semibold" title={bag.destinationName}>
          {bag.destinationName}
        </b>
        <span className="flex-1" />
        <span className={cx('flex-none text-sm', open ? 'text-ink-2' : 'text-ok')}>{t(`bagState.${bag.state}`)}</span>
      </div>
      <div className="mono mt-[3px] mb-[7px] text-ink-3">
        <span title={bag.code}>{cutMiddle(bag.code, 18)}</span> · {t('courier.seal', { seal: bag.seal || '—' })}
        {bag.route && ` · ${t('courier.route', { route: bag.route })}`}
      </div>
      <ul>
        {bag.items.map((item) => (
          <li
            key={`${item.requestId}#${item.volume}`}
            className="group grid h-[26px] grid-cols-[18px_minmax(0,1fr)_auto_24px] items-center gap-1 border-t border-line"
          >
            <Check aria-label={t('courier.inBag')} size={14} className="text-ok" />
            <span className="ell text-ink-2" title={item.title}>
              {item.title}
            </span>
            <span className="mono text-ink-3">{item.barcode}</span>
            {open ? (
              <IconButton
                icon={X}
                label={t('courier.unpack', { title: item.title })}
                onClick={() => onUnpack(item)}
                className="size-6 opacity-0 group-hover:opacity-100 focus-visible:opacity-100"
              />
            ) : (
              <span />
            )}
          </li>
        ))}
        {open &&
          waiting.map((item) => (
            <li
              key={`${item.requestId}#${item.volume}`}
              className="grid h-[26px] grid-cols-[18px_minmax(0,1fr)_auto_24px] items-center gap-1 border-t border-line"
            >
              <span className="text-center text-ink-3" aria-label={t('courier.toPack')} role="img">
                ·
              </span>
              <span className="ell text-ink-3" title={item.title}>
                {item.title}
              </span>
              <span className="mono text-ink-3">{item.barcode}</span>
            </li>
          ))}
        {bag.items.length === 0 && waiting.length === 0 && (
          <li className="border-t border-line py-2 text-sm text-ink-3">{t('courier.bagEmpty')}</li>
        )}
      </ul>
      <div className="mt-2 flex items-center gap-1.5 border-t border-line pt-2">
        <span className="text-sm text-ink-2">{t('courier.volumes', { count: bag.items.length })}</span>
        <span className="flex-1" />
        <Button size="small" icon={Printer} onClick={() => void printNow('bagLabel', [bag.id])}>
          {t('printKind.bagLabel')}
        </Button>
        <Button size="small" kind="quiet" onClick={() => setPreview(true)}>
          {t('printKind.contentsList')}
        </Button>
        {open ? (
          <Button size="small" disabled={bag.items.length === 0} onClick={onClose} data-action="closeBag">
            {t('command.courier.closeBag')}
          </Button>
        ) : (
          bag.manifestId === null && (
            <Button size="small" onClick={() => void act(bag.id, 'reopenBag', {}, bag.destinationName)}>
              {t('courier.reopenBag')}
            </Button>
          )
        )}
      </div>
      {preview && <PrintPreview kind="contentsList" objectIds={[bag.id]} onClose={() => setPreview(false)} />}
    </section>
  )
}
