import { Check, ScanBarcode, TriangleAlert, X } from 'lucide-react'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { Button } from './Button.tsx'
import { cx } from './cx.ts'

export interface ScanResult {
  tone: 'ok' | 'warn' | 'bad' | 'plain'
  title: string
  detail: string
}

const FRAME = {
  ok: 'border-ok-line bg-ok-soft',
  warn: 'border-amber-line bg-amber-soft',
  bad: 'border-seal-line bg-seal-soft',
  plain: 'border-accent-line bg-accent-soft',
}
const INK = { ok: 'text-ok', warn: 'text-amber', bad: 'text-seal', plain: 'text-accent' }
const ICON = { ok: Check, warn: TriangleAlert, bad: X, plain: ScanBarcode }

/** What to scan now, and the last result, large enough to read from the shelf; codes can be typed as well. */
export function ScanBanner({
  title,
  hint,
  result,
  onCode,
  figure,
  action,
}: {
  title: string
  hint: string
  result: ScanResult | null
  onCode: (code: string) => void
  figure?: ReactNode
  /** What can be done about the last result. */
  action?: ReactNode
}) {
  const { t } = useTranslation()
  const [text, setText] = useState('')
  const tone = result?.tone ?? 'plain'
  const Icon = ICON[tone]
  return (
    <div
      className={cx('flex flex-wrap items-center gap-x-4 gap-y-2.5 rounded-lg border px-4 py-3', FRAME[tone])}
      data-scan-result={result?.tone ?? 'none'}
    >
      <Icon aria-hidden="true" size={30} strokeWidth={1.7} className={cx('flex-none', INK[tone])} />
      <div role="status" aria-live="assertive" className="min-w-48 flex-1">
        {result ? (
          <>
            <div className={cx('text-lg leading-snug font-semibold', INK[tone])}>{result.title}</div>
            {result.detail && <div className="text-ink">{result.detail}</div>}
            <div className="text-sm text-ink-2">{title}</div>
          </>
        ) : (
          <>
            <div className="text-lg leading-snug font-semibold">{title}</div>
            <div className="text-ink-2">{hint}</div>
          </>
        )}
      </div>
      {action}
      {figure}
      <form
        className="flex gap-1.5"
        onSubmit={(event) => {
          event.preventDefault()
          if (!text.trim()) return
          onCode(text.trim())
          setText('')
        }}
      >
        <input
          value={text}
          onChange={(event) => setText(event.target.value)}
          aria-label={t('scanBanner.type')}
          placeholder={t('scanBanner.type')}
          data-scan-code
          maxLength={200}
          className="mono h-[30px] w-36 rounded-md border border-line-2 bg-panel px-2.5 focus:border-accent"
        />
        <Button type="submit" disabled={!text.trim()}>
          {t('ui.ok')}
        </Button>
      </form>
    </div>
  )
}
