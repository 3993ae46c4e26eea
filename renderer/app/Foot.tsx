import type { TFunction } from 'i18next'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { StatusLine } from '../../electron/contract/core.contract.ts'
import { cx } from '../ui/cx.ts'
import { deviceName, isPlayed } from './device-name.ts'
import { useCore } from './data.ts'
import { clock, count, size, span } from './format.ts'
import { useBeat, useHello, useNow } from './hooks.ts'
import { go } from './routes.ts'
import { openOverlay } from './windows.ts'

/** A connection that has brought nothing for longer than this says since when, ms. */
const LONG_AGO_MS = 120_000

/** The truth line: how things stand, each part opening its place. */
export function Foot({ version }: { version: string }) {
  const { data } = useCore('status.get', {}, ['status', 'outbox', 'refused', 'devices', 'print'])
  return (
    <footer className="col-span-2 flex min-w-0 items-center gap-[18px] overflow-hidden border-t border-line bg-panel px-3.5 text-sm whitespace-nowrap text-ink-2">
      {data && <Parts status={data} />}
      <span className="text-ink-3 max-[999px]:hidden">v{version}</span>
      <Beat />
    </footer>
  )
}

/** Alone, so that nothing else is drawn anew with it. */
function Beat() {
  return <i aria-hidden="true" className="absolute size-px" style={useBeat()} />
}

function Part({
  onClick,
  tone,
  children,
  label,
  state,
  shrink,
}: {
  onClick: () => void
  tone?: 'warn' | 'bad' | undefined
  children: ReactNode
  label?: string
  state?: string
  shrink?: boolean
}) {
  return (
    <button
      type="button"
      onClick={onClick}
      data-truth={label}
      data-state={state}
      className={cx(
        'rounded-sm px-0.5 hover:underline focus-visible:-outline-offset-1',
        shrink ? 'ell min-w-0' : 'flex-none',
        tone === 'bad' ? 'text-seal' : tone === 'warn' && 'text-amber',
      )}
    >
      {children}
    </button>
  )
}

/** Where what is wrong with the connection is put right. */
function placeOf({ connection, centreBehind }: StatusLine, enrolAgain: boolean, outbox: () => void): () => void {
  if (connection === 'sign_in' && !enrolAgain) return () => openOverlay('signIn')
  if (connection === 'online' || connection === 'offline') return outbox
  return () => go('settings', undefined, connection === 'protocol' && !centreBehind ? 'update' : 'centre')
}

function connectionText(status: StatusLine, enrolAgain: boolean, now: number, t: TFunction): string {
  const { connection, lastSyncAt, centreBehind } = status
  if (connection === 'offline') return t('foot.offline', { span: span(now - status.since, t) })
  if (connection === 'sign_in' && enrolAgain) return t('enrolAgain.title')
  if (connection !== 'online') return t(`foot.${centreBehind ? 'centreBehind' : connection}`)
  if (status.syncing) return t('foot.syncing')
  return lastSyncAt !== null && now - lastSyncAt > LONG_AGO_MS
    ? t('foot.onlineAt', { span: span(now - lastSyncAt, t) })
    : t('foot.online')
}

function Parts({ status }: { status: StatusLine }) {
  const { t, i18n } = useTranslation()
  const now = useNow(15_000)
  const { connection, waiting } = status
  const enrolAgain = useHello().data?.enrolAgain ?? false
  const online = connection === 'online'
  const outbox = () => go('refused', undefined, 'outbox')
  const paperOut = status.printer?.reasons[0]
  return (
    <>
      <Part
        onClick={placeOf(status, enrolAgain, outbox)}
        tone={online ? undefined : 'warn'}
        label="connection"
        state={connection}
        shrink
      >
        <span
          aria-hidden="true"
          className={cx(
            'mr-1.5 inline-block size-2 rounded-full',
            online ? 'bg-ok' : 'border-2 border-amber',
            status.syncing && 'animate-breathe',
          )}
        />
        {connectionText(status, enrolAgain, now, t)}
      </Part>
      {status.firstSync && (
        <span className="text-amber" data-truth="firstSync">
          {t('foot.firstSync', { count: status.firstSync.rows, n: count(status.firstSync.rows, i18n.language) })}
        </span>
      )}
      <Part onClick={outbox} tone={waiting.ops > 0 && !online ? 'warn' : undefined} label="waiting">
        {waiting.files > 0
          ? t('foot.waitingFiles', {
              ops: count(waiting.ops, i18n.language),
              count: waiting.files,
              size: size(waiting.bytes, i18n.language),
            })
          : t('foot.waiting', { ops: count(waiting.ops, i18n.language) })}
      </Part>
      {status.refused > 0 && (
        <Part onClick={() => go('refused', undefined, 'refused')} tone="bad" label="refused">
          {t('foot.refused', { count: status.refused })}
        </Part>
      )}
      {status.toDecide > 0 && (
        <Part onClick={() => go('refused', undefined, 'refused')} tone="bad" label="toDecide">
          {t('foot.toDecide', { count: status.toDecide })}
        </Part>
      )}
      {status.quarantined > 0 && (
        <Part onClick={() => go('settings', undefined, 'update')} tone="warn" label="quarantined">
          {t('foot.quarantined', { count: status.quarantined })}
        </Part>
      )}
      {!online && status.lastSyncAt !== null && (
        <span>{t('foot.lastSync', { time: clock(status.lastSyncAt, i18n.language) })}</span>
      )}
      {status.clockSkewMs !== null && Math.abs(status.clockSkewMs) > 120_000 && (
        <Part onClick={() => go('settings', undefined, 'centre')} tone="warn" label="skew">
          {t('foot.skew', { span: span(status.clockSkewMs, t) })}
        </Part>
      )}
      <span className="flex-1" />
      <Part
        onClick={() => go('settings', undefined, 'scanner')}
        tone={status.scanner && ['offline', 'attention'].includes(status.scanner.state) ? 'warn' : undefined}
        label="scanner"
        shrink
      >
        {status.scanner
          ? t(isPlayed(status.scanner.name) ? 'foot.played' : 'foot.scanner', {
              name: deviceName(t, status.scanner.name),
              state: t(`scanner.${status.scanner.state}`),
            })
          : t('foot.noScanner')}
      </Part>
      <Part
        onClick={() => go('prints')}
        tone={status.printer && ['stopped', 'offline'].includes(status.printer.state) ? 'warn' : undefined}
        label="printer"
        shrink
      >
        {status.printer
          ? t(isPlayed(status.printer.name) ? 'foot.played' : 'foot.printer', {
              name: deviceName(t, status.printer.name),
              state: paperOut
                ? t(`printReason.${paperOut}`, { defaultValue: t(`printer.${status.printer.state}`) })
                : t(`printer.${status.printer.state}`),
            })
          : t('foot.noPrinter')}
        {status.printWaiting > 0 && t('foot.printWaiting', { count: status.printWaiting })}
      </Part>
    </>
  )
}
