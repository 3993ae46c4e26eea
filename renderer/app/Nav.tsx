import {
  Archive,
  BookOpen,
  BookUp,
  ChartColumn,
  Inbox,
  ListChecks,
  Printer,
  RefreshCcw,
  ScanLine,
  Settings,
  Shapes,
  Truck,
  type LucideIcon,
} from 'lucide-react'
import { useTranslation } from 'react-i18next'
import { cx } from '../ui/cx.ts'
import { spec } from './commands.ts'
import { useCore } from './data.ts'
import { count } from './format.ts'
import { go, useRoute, type Place } from './routes.ts'

const ICON: Record<Place, LucideIcon> = {
  queue: Inbox,
  pull: ListChecks,
  copy: ScanLine,
  tray: Archive,
  loan: BookOpen,
  courier: Truck,
  prints: Printer,
  asking: BookUp,
  numbers: ChartColumn,
  refused: RefreshCcw,
  settings: Settings,
  parts: Shapes,
}
const WORK: readonly Place[] = ['queue', 'pull', 'copy', 'tray', 'loan', 'courier', 'prints']
const OWN: readonly Place[] = ['asking', 'numbers', 'refused', 'settings']

/** The places on the left, each with what waits there. On narrow windows only the icons stay. */
export function Nav() {
  const { t, i18n } = useTranslation()
  const here = useRoute((route) => route.place)
  const counts = useCore('counts.get', {}, ['counts', 'queue', 'refused', 'courier']).data
  const waiting: Partial<Record<Place, number>> = counts
    ? {
        queue: counts.all,
        pull: counts.pull,
        copy: counts.scan,
        tray: counts.tray,
        loan: counts.loanDesk,
        courier: counts.courier,
        asking: counts.asking,
        refused: counts.refused,
      }
    : {}
  const item = (place: Place) => {
    const Icon = ICON[place]
    const on = here === place
    const n = waiting[place] ?? 0
    const hot = place === 'refused' && n > 0
    return (
      <li key={place}>
        <button
          type="button"
          data-place={place}
          aria-current={on ? 'page' : undefined}
          title={`${t(`place.${place}`)}  ${spec(`go.${place}`).keys?.replace('+', ' ')}`}
          onClick={() => go(place)}
          className={cx(
            'flex h-8 w-full items-center gap-[9px] rounded-md px-2.5 text-left max-[999px]:h-9 max-[999px]:justify-center max-[999px]:px-0',
            on ? 'bg-accent-soft font-semibold text-accent' : 'text-ink-2 hover:bg-hover hover:text-ink',
          )}
        >
          <span className="relative flex-none">
            <Icon aria-hidden="true" size={16} strokeWidth={1.7} />
            {n > 0 && (
              <span
                aria-hidden="true"
                className={cx(
                  'absolute -top-1 -right-1.5 size-[7px] rounded-full min-[1000px]:hidden',
                  hot ? 'bg-seal' : 'bg-accent',
                )}
              />
            )}
          </span>
          <span className="ell max-[999px]:sr-only">{t(`place.${place}`)}</span>
          {n > 0 && (
            <span
              className={cx(
                'ml-auto text-sm max-[999px]:sr-only',
                hot ? 'font-semibold text-seal' : on ? 'text-accent' : 'font-normal text-ink-3',
              )}
            >
              {count(n, i18n.language)}
            </span>
          )}
        </button>
      </li>
    )
  }
  return (
    <nav
      aria-label={t('app.places')}
      className="w-[188px] overflow-y-auto border-r border-line bg-panel-2 px-2 py-2.5 max-[999px]:w-[52px]"
    >
      <ul className="grid gap-px">{WORK.map(item)}</ul>
      <div className="mt-3 mb-1 px-2.5 text-2xs tracking-[.04em] text-ink-3 max-[999px]:invisible max-[999px]:h-px">
        {t('app.ours')}
      </div>
      <ul className="grid gap-px">{OWN.map(item)}</ul>
    </nav>
  )
}
