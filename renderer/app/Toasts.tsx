import { Check, Info, TriangleAlert, Undo2, X } from 'lucide-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { Button, IconButton } from '../ui/Button.tsx'
import { cx } from '../ui/cx.ts'
import { errorText } from './errors.ts'
import { HelpButton } from './HelpButton.tsx'
import { JobToast } from './JobToast.tsx'
import { dismissToast, useToasts, words, type Toast } from './toasts.ts'

/**
 * Messages at the foot, the newest lowest; they never cover the panel's own buttons. What went well is said once at a time:
 * the message before waits under the new one, for Ctrl+Z.
 */
export function Toasts() {
  const { t } = useTranslation()
  const said = useToasts((state) => state.list)
  const well = said.findLast((one) => one.tone === 'ok' && one.job === undefined)
  const list = said.filter((one) => one === well || one.tone !== 'ok' || one.job !== undefined)
  return (
    <div
      role="region"
      aria-label={t('app.messages')}
      aria-live="polite"
      className={cx(
        list.some((one) => one.tone === 'bad') ? 'z-[60]' : 'z-20',
        'pointer-events-none fixed bottom-[98px] left-[204px] grid justify-items-start gap-2 max-[999px]:left-16',
      )}
    >
      {list.map((one) =>
        one.job ? (
          <div
            key={one.id}
            className="pointer-events-auto animate-rise rounded-lg border border-line-2 bg-panel px-3 py-1.5 shadow-float"
          >
            <JobToast kind={one.job} />
          </div>
        ) : (
          <One key={one.id} toast={one} />
        ),
      )}
    </div>
  )
}

function One({ toast }: { toast: Toast }) {
  const { t } = useTranslation()
  const [now, setNow] = useState(() => Date.now())
  const [more, setMore] = useState(false)
  const [rests, setRests] = useState(false)
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 250)
    return () => clearInterval(timer)
  }, [])
  const over = now >= toast.until && !(rests && !toast.held)
  useEffect(() => {
    if (over) dismissToast(toast.id)
  }, [over, toast.id])
  const { error } = toast
  const seconds = Math.max(0, Math.ceil((toast.until - now) / 1000))
  return (
    <div
      onMouseEnter={() => setRests(true)}
      onMouseLeave={() => setRests(false)}
      data-toast={error?.code ?? toast.tone}
      className={cx(
        'pointer-events-auto grid max-w-[min(560px,calc(100vw-90px))] animate-rise gap-1.5 rounded-lg border bg-panel py-1.5 pr-1.5 pl-3 shadow-float',
        toast.tone === 'bad' ? 'border-seal-line' : 'border-line-2',
      )}
    >
      <div className="flex min-h-[30px] items-center gap-2.5">
        {toast.tone === 'bad' ? (
          <TriangleAlert aria-hidden="true" size={16} className="flex-none text-seal" />
        ) : toast.tone === 'ok' || toast.undo ? (
          <Check
            aria-hidden="true"
            size={16}
            className={cx('flex-none', toast.tone === 'ok' ? 'text-ok' : 'text-ink-3')}
          />
        ) : (
          <Info aria-hidden="true" size={16} className="flex-none text-ink-3" />
        )}
        <span className="line-clamp-2 min-w-0 flex-1">
          {error ? errorText(t, error.code, error.params) : words(toast.text)}
        </span>
        {toast.undo && (
          <Button
            size="small"
            icon={Undo2}
            kbd="Ctrl+Z"
            data-undo
            onClick={() => {
              dismissToast(toast.id)
              toast.undo?.()
            }}
          >
            {toast.held ? t('undo.within', { n: seconds }) : t('undo.do')}
          </Button>
        )}
        {error && <HelpButton code={error.code} />}
        {error && (
          <Button kind="quiet" size="small" aria-expanded={more} onClick={() => setMore(!more)}>
            {t('ui.more')}
          </Button>
        )}
        <IconButton icon={X} label={t('ui.close')} onClick={() => dismissToast(toast.id)} className="size-6" />
      </div>
      {error && more && (
        <pre className="mono max-h-40 overflow-auto pr-2 pb-1.5 whitespace-pre-wrap text-ink-2 select-text">
          {error.code}
          {Object.entries(error.params).map(([name, value]) => `\n${name}: ${String(value)}`)}
        </pre>
      )}
    </div>
  )
}
