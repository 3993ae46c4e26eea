import { useTranslation } from 'react-i18next'
import type { PageView, TrayBundle } from '../../../electron/contract/core.contract.ts'
import { CommandButton } from '../../app/CommandButton.tsx'
import { size } from '../../app/format.ts'
import { Note } from '../../ui/Note.tsx'
import { cx } from '../../ui/cx.ts'
import { Thumb } from '../copy/PageStrip.tsx'

const FRAME = { width: 178, height: 232 }
/** One page or two have the room to be read. */
const LARGE = { width: 360, height: 472 }
const FEW = 2

/** The pages of one bundle, large enough to read a title; picking one offers to part the bundle before it. */
export function BundlePages({
  bundle,
  pages,
  pageId,
  deleted,
  onPick,
}: {
  bundle: TrayBundle
  pages: readonly PageView[] | undefined
  pageId: string | null
  deleted: boolean
  onPick: (id: string) => void
}) {
  const { t, i18n } = useTranslation()
  const few = pages !== undefined && pages.length <= FEW
  const frame = few ? LARGE : FRAME
  return (
    <div className="grid min-h-0 min-w-0 grid-rows-[44px_auto_minmax(0,1fr)]">
      <div className="flex items-center gap-1 overflow-x-auto border-b border-line bg-panel px-2.5 [scrollbar-width:none]">
        {deleted ? (
          <CommandButton id="tray.restore" />
        ) : (
          <>
            <CommandButton id="tray.split" kind="quiet" />
            <CommandButton id="tray.merge" kind="quiet" />
            <CommandButton id="tray.delete" kind="quiet" />
          </>
        )}
        <span className="flex-1" />
        <span className="ell text-ink-3">
          {t('request.pages', { count: bundle.pageCount })} · {size(bundle.bytes, i18n.language)}
        </span>
      </div>
      <div className="px-4 pt-3">
        <Note tone="plain">{t(`trayReason.${bundle.reason}`, { hint: bundle.hint })}</Note>
      </div>
      <ul
        aria-label={t('copy.pages')}
        data-pages={pages?.length}
        className={cx(
          'min-h-0 content-start gap-4 overflow-y-auto p-4',
          few
            ? 'flex flex-wrap justify-center'
            : 'grid grid-cols-[repeat(auto-fill,minmax(178px,1fr))] justify-items-center',
        )}
      >
        {pages?.map((page, index) => (
          <li key={page.id}>
            <button
              type="button"
              aria-pressed={page.id === pageId}
              aria-label={t('copy.pageN', { n: index + 1 })}
              title={index > 0 && !deleted ? t('tray.partHere') : undefined}
              onMouseDown={(event) => event.preventDefault()}
              onClick={() => onPick(page.id)}
            >
              <span
                style={frame}
                className={cx(
                  'grid place-items-center overflow-hidden bg-white shadow-paper',
                  page.id === pageId && 'outline-2 outline-accent',
                )}
              >
                <Thumb page={page} frame={frame} small={!few} />
              </span>
              <span className={cx('text-sm', page.id === pageId ? 'font-semibold text-accent' : 'text-ink-3')}>
                {index + 1}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </div>
  )
}
