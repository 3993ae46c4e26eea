import { useEffect, useRef } from 'react'
import { useTranslation } from 'react-i18next'
import type { TrayBundle } from '../../../electron/contract/core.contract.ts'
import { moment } from '../../app/format.ts'
import { useNow } from '../../app/hooks.ts'
import { Check } from '../../ui/Check.tsx'
import { cx } from '../../ui/cx.ts'
import { Thumb } from '../copy/PageStrip.tsx'

const FRAME = { width: 54, height: 70 }

/** What lies in the tray, each with its first page, where it came from and why it is here. */
export function BundleList({
  bundles,
  current,
  marked,
  onPick,
  onMark,
}: {
  bundles: readonly TrayBundle[]
  current: string
  marked: ReadonlySet<string>
  onPick: (id: string) => void
  onMark: (id: string) => void
}) {
  const { t, i18n } = useTranslation()
  const now = useNow()
  const box = useRef<HTMLUListElement>(null)
  useEffect(() => {
    box.current?.querySelector('[aria-current="true"]')?.scrollIntoView({ block: 'nearest' })
  }, [current])
  return (
    <ul
      ref={box}
      aria-label={t('place.tray')}
      className="min-h-0 divide-y divide-line overflow-y-auto border-r border-line bg-panel"
    >
      {bundles.map((bundle) => (
        <li
          key={bundle.id}
          className={cx('flex items-start gap-2 py-2.5 pr-2 pl-2.5', bundle.id === current && 'bg-accent-soft')}
        >
          <span className="pt-0.5">
            <Check
              on={marked.has(bundle.id)}
              onChange={() => onMark(bundle.id)}
              label={t('queue.markRow', { title: bundle.name || t(`traySource.${bundle.source}`) })}
            />
          </span>
          <button
            type="button"
            aria-current={bundle.id === current}
            data-bundle={bundle.id}
            // The focus stays where the keys work: Enter gives the bundle away, it does not press this row again.
            onMouseDown={(event) => event.preventDefault()}
            onClick={() => onPick(bundle.id)}
            className="flex min-w-0 flex-1 items-start gap-2.5 text-left"
          >
            <span className="grid h-[70px] w-[54px] flex-none place-items-center overflow-hidden bg-white outline-1 outline-line-2">
              <Thumb page={bundle.cover} frame={FRAME} />
            </span>
            <span className="grid min-w-0 gap-0.5">
              <span className="line-clamp-2 font-medium break-all" title={bundle.name}>
                {bundle.name || t(`traySource.${bundle.source}`)}
              </span>
              <span className="text-sm text-ink-2">
                {t(`traySource.${bundle.source}`)} · {t('request.pages', { count: bundle.pageCount })}
              </span>
              <span className="text-sm text-ink-2">{moment(bundle.createdAt, i18n.language, now, t)}</span>
            </span>
          </button>
        </li>
      ))}
    </ul>
  )
}
