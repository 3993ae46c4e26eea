import { cx } from './cx.ts'

type Urgency = 'late' | 'today' | 'safe' | 'done'
const TONE: Record<Urgency, string> = {
  late: 'text-seal font-semibold',
  today: 'text-amber font-semibold',
  safe: 'text-ink-2',
  done: 'text-ink-3',
}

/** ▲ late, ◐ today, ○ safe, ✓ done: a shape and words besides the colour. */
export function UrgencyMark({ urgency, children }: { urgency: Urgency; children: string }) {
  return (
    <span className={cx('flex min-w-0 items-center gap-1.5', TONE[urgency])}>
      <svg
        viewBox="0 0 24 24"
        width="14"
        height="14"
        fill="none"
        stroke="currentColor"
        strokeWidth="1.8"
        strokeLinecap="round"
        strokeLinejoin="round"
        aria-hidden="true"
        className="flex-none"
      >
        {urgency === 'late' && (
          <>
            <path d="M12 3l9.500 16.500h-19z" />
            <path d="M12 10v4.500M12 17v.2" />
          </>
        )}
        {urgency === 'today' && (
          <>
            <circle cx="12" cy="12" r="8.5" />
            <path d="M12 3.500a8.500 8.500 0 010 17z" fill="currentColor" stroke="none" />
          </>
        )}
        {urgency === 'safe' && <circle cx="12" cy="12" r="8.5" />}
        {urgency === 'done' && <path d="M5 12.500l4.500 4.500L19 7.500" />}
      </svg>
      <span className="ell">{children}</span>
    </span>
  )
}
