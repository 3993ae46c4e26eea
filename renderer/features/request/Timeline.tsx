import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { RequestDetail } from '../../../electron/contract/core.contract.ts'
import { moment } from '../../app/format.ts'
import { cx } from '../../ui/cx.ts'

/** What the centre wrote beside an event, in words: it keeps codes ("pullSlip 1", "1 00871234", "NotOnShelf"). */
export function eventText(event: string, text: string, t: TFunction): string {
  const [first = '', ...rest] = text.split(' ')
  if (event === 'printed') {
    const copy = Number(rest[0])
    return `${t(`printKind.${first}`, { defaultValue: first })}${copy > 1 ? ` ${t('prints.reprint', { n: copy })}` : ''}`
  }
  if (event === 'scanned' && /^\d+$/.test(text)) return t('request.pages', { count: Number(text) })
  if ((event === 'bindItem' || event === 'unbindItem' || event === 'checkedIn') && /^\d{1,3}$/.test(first))
    return [
      t('request.volume', { n: Number(first) }),
      ...rest.map((word) => t(`condition.${word}`, { defaultValue: word })),
    ].join(' ')
  return t(`reason.${first}`, { defaultValue: first }) + rest.map((word) => ` ${word}`).join('')
}

/** What happened to a request, oldest first, from the reader's application on; what still waits to be sent is hollow. */
export function Timeline({
  history: known,
  appliedAt,
  now,
}: {
  history: RequestDetail['history']
  appliedAt: number
  now: number
}) {
  const { t, i18n } = useTranslation()
  const history = [{ at: appliedAt, event: 'created', desk: '', who: '', text: '', pending: false }, ...known]
  return (
    <section>
      <div className="lbl mb-1">{t('request.history')}</div>
      <ol>
        {history.map((entry, index) => {
          const last = index === history.length - 1
          const event = t(`event.${entry.event}`, { defaultValue: entry.event })
          return (
            <li
              key={`${entry.at}-${index}`}
              className="relative grid grid-cols-[112px_14px_minmax(0,1fr)] items-start py-[3px]"
            >
              <span className="text-ink-3">{moment(entry.at, i18n.language, now, t)}</span>
              {!last && (
                <span aria-hidden="true" className="absolute top-[15px] -bottom-[5px] left-[115px] w-px bg-line" />
              )}
              <span
                aria-hidden="true"
                className={cx(
                  'relative mt-[6px] size-[7px] rounded-full',
                  entry.pending ? 'border border-amber bg-panel' : last ? 'bg-accent' : 'bg-line-2',
                )}
              />
              <span>
                {entry.who && <span className="mr-1.5">{entry.who}</span>}
                {event}
                {entry.text && (
                  <span className="text-ink-2">
                    {t('request.eventText', { text: eventText(entry.event, entry.text, t) })}
                  </span>
                )}
                {entry.pending && <span className="ml-1.5 text-amber">{t('request.notSentYet')}</span>}
              </span>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
